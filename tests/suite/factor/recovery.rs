//! Recovery codes: shown once, good once each.

use crate::factor::{FACTOR, entered, half_way};
use crate::harness::people::sign_in;
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

    fn codes_of_before_are_good_until_new_ones_are_made(server: Server) {
        let mo = server.moderator("mo");
        let codes = mo.app().recovery.lock().unwrap().clone();
        assert!(codes.iter().all(|code| code.replace('-', "").len() == 28), "140 bits: {codes:?}");
        // As the portal made them before: sixteen letters, and the digest over the account's id and them.
        let old = "ABCD-EFGH-IJKL-MNOP";
        let email = norm_portal::accounts::model::Email::parse(&mo.email).unwrap();
        let known = move |conn: &mut _| norm_portal::accounts::store::by_email(conn, &email);
        let account = server.db().read_blocking(known).unwrap().unwrap().id;
        let digest = norm_portal::accounts::factor::model::RecoveryCode::parse(old).unwrap().hash(account);
        let digest = match server.database_url() {
            None => format!("x'{}'", hex::encode(digest)),
            Some(_) => format!("decode('{}', 'hex')", hex::encode(digest)),
        };
        server.execute(&format!(
            "INSERT INTO recovery_codes (hash, account_id, made_at)
             SELECT {digest}, id, created_at FROM accounts WHERE email = 'mo@example.org'"
        ));
        let page = half_way(&server.anonymous(), &mo);
        entered(&page, old).expect(303);
        entered(&half_way(&server.anonymous(), &mo), old).expect(422);
    }

    fn a_reset_by_mail_leaves_the_second_factor_in_force(server: Server) {
        let mo = server.moderator("mo");
        let thief = server.anonymous();
        thief.get("/password/reset").form("main form").set("email", &mo.email).press().expect(200);
        let link = server.link_in(&server.mail_to(&mo.email));
        let fresh = "three otters on a windy pier 7";
        let after = thief.get(&link).expect(200).form("main form").set("password", fresh).press().expect(303);
        assert_eq!(after.location(), "/sign-in");
        assert!(thief.cookie("session").is_none() && thief.cookie("half").is_none(), "the link signs nobody in");
        assert_eq!((server.count("second_factors"), server.count("recovery_codes")), (1, 10));
        let answer = sign_in(&thief, &mo.email, fresh).expect(303);
        assert!(answer.location().starts_with("/sign-in/code"), "{}", answer.location());
        assert!(thief.get("/account").expect(303).location().starts_with("/sign-in?next="));
        let page = answer.follow().expect(200);
        entered(&page, "000000").expect(422);
        entered(&page, &mo.code().unwrap()).expect(303);
        thief.get("/secretariat").expect(200);
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
