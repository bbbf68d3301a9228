//! Recovery codes: shown once, good once each.

use crate::factor::{FACTOR, entered, half_way};
use crate::harness::{Server, on_both};
use crate::races::at_once;

on_both! {
    fn each_recovery_code_signs_in_once_and_its_owner_hears_of_it(server: Server) {
        let mo = server.moderator("mo");
        let codes = mo.app().recovery.lock().unwrap().clone();
        assert_eq!(codes.len(), 10);
        let code = codes[0].to_lowercase().replace('-', " ");
        let pages: Vec<_> = (0..4).map(|_| half_way(&server.anonymous(), &mo)).collect();
        let answers = at_once(4, |hand| entered(&pages[hand], &code));
        assert_eq!(answers.iter().filter(|(status, _)| *status == 303).count(), 1, "{answers:?}");
        assert_eq!(server.audited("account.recovery_code_used"), 1);
        assert!(server.mail_to(&mo.email).body.contains("9 left"));
        mo.get(FACTOR).expect(200).reads("Recovery codes left9");
        entered(&half_way(&server.anonymous(), &mo), &codes[0]).expect(422);
        for hash in crate::harness::rows::Rows::of(server.db()).names(match server.database_url() {
            None => "SELECT hex(hash) AS t FROM recovery_codes",
            Some(_) => "SELECT encode(hash, 'hex') AS t FROM recovery_codes",
        }) {
            assert!(codes.iter().all(|code| !hex::decode(&hash).unwrap().windows(4).any(|it| it == &code.as_bytes()[..4])));
        }
        server.assert_audit_holds();
    }

    fn a_code_of_somebody_else_is_no_good(server: Server) {
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let rays = ray.app().recovery.lock().unwrap()[0].clone();
        entered(&half_way(&server.anonymous(), &mo), &rays).expect(422);
        entered(&half_way(&server.anonymous(), &ray), &rays).expect(303);
    }

    fn new_codes_end_the_old_ones_and_can_be_saved(server: Server) {
        let mo = server.moderator("mo");
        let old = mo.app().recovery.lock().unwrap().clone();
        let page = mo.get(FACTOR).expect(200).form("form[action$='/codes']").press().expect(200);
        page.reads("They are shown this once");
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let new = page.all("#codes code");
        assert_eq!(new.len(), 10);
        let saving = page.form("main form");
        assert_eq!(saving.action(), "/account/second-factor/codes/file");
        let file = saving.press().expect(200);
        assert!(file.header("content-disposition").is_some_and(|it| it.contains("recovery-codes.txt")));
        for code in &new {
            assert!(file.text().contains(code) && !old.contains(code));
        }
        // What are no codes of the account does not come back as a file of the portal.
        page.form("main form").forge("codes", &format!("{} <script>", old[0])).press().expect(400);
        entered(&half_way(&server.anonymous(), &mo), &old[1]).expect(422);
        entered(&half_way(&server.anonymous(), &mo), &new[1]).expect(303);
        assert_eq!(server.audited("account.recovery_codes_made"), 1);
        assert_eq!(server.count("recovery_codes"), 10);
    }
}
