//! Receipts: of comments and submissions, as pages and as one file, and their check by anybody.

use std::io::{Seek as _, Write as _};

use norm_portal::accounts::model::Email;
use norm_portal::accounts::store as accounts;
use norm_portal::comments::attachments::model::Attachment;
use norm_portal::comments::attachments::store as attachments;
use norm_portal::comments::body::{Body, General};
use norm_portal::comments::model::Publication;
use norm_portal::comments::submissions::model::Form;
use norm_portal::comments::submissions::send::{Drafted, Incoming, Part, SendError, send_once};
use norm_portal::comments::submit::Stationery;
use norm_portal::files::{Files, MediaType};
use norm_portal::ids::{AttachmentId, CommentId, SubmissionId};
use norm_portal::norms::store as norms;
use norm_portal::norms::vocabulary::{SHIPPED, Vocabulary};

use super::{NORM, Unpacked};
use crate::harness::comments::{COMPOSER, checked};
use crate::harness::{Person, Server, on_both};

/// Sends two comments as one submission with a file, as papers do; its reference and those of its comments.
pub(super) fn submission(server: &Server, author: &Person) -> (String, Vec<String>) {
    let email = Email::parse(&author.email).unwrap();
    let (now, origin) = (server.clock().now(), server.origin.clone());
    let id = SubmissionId::new();
    let (reference, account) = server
        .db()
        .write_blocking(move |conn| {
            let account = accounts::by_email(conn, &email)?.unwrap().id;
            let norm = norms::norm_by_slug(conn, NORM)?.unwrap();
            let version = norms::current_version(conn, norm.id)?;
            let part = |text: &str| {
                let body = Body::General(General { rationale: text.into(), evidence: String::new() });
                Part::from(Drafted { id: CommentId::new(), norm: norm.id, text_version: version.id, class: None, body })
            };
            let it = Incoming {
                id,
                account,
                form: Form::Paper,
                title: "Our position".into(),
                text: "One.\n\nTwo.".into(),
                publication: Publication::Named,
                parts: vec![part("Part one."), part("Part two.")],
            };
            let vocabulary = std::sync::Arc::new(Vocabulary::parse(SHIPPED).unwrap());
            let reference = send_once(conn, now, it, &Stationery { origin, vocabulary })?;
            Ok::<_, SendError>((reference, account))
        })
        .unwrap();
    let file = Attachment {
        id: AttachmentId::new(),
        holder: id.as_bytes().to_vec(),
        account,
        name: "our/../position.txt".into(),
        media_type: MediaType::Txt,
        size: 9,
        sha256: "x".into(),
        created_at: now,
        is_unscanned: false,
    };
    let files = Files::in_folder(&server.data_dir().join("attachments")).unwrap();
    let mut paper = tempfile::tempfile().unwrap();
    paper.write_all(b"The paper").unwrap();
    paper.rewind().unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(files.put(file.id, paper)).unwrap();
    server.db().write_blocking(move |conn| attachments::insert(conn, &file)).unwrap();
    let parts = crate::harness::rows::Rows::of(server.db()).names(
        "SELECT reference AS t FROM comments INNER JOIN submission_parts ON comment_id = comments.id ORDER BY part",
    );
    (reference, parts)
}

on_both! {
    fn a_receipt_is_a_file_whose_digest_anybody_can_check(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_whole(NORM, "First \"thoughts\",\nzwölf.", "named");
        let page = ada.get(&format!("/receipts/{reference}")).expect(200);
        page.reads("Check this receipt").reads("Download everything");
        let answer = ada.get(&format!("/receipts/{reference}/file")).expect(200);
        assert_eq!(answer.header("content-type"), Some("application/zip"));
        let named = format!("attachment; filename=\"{reference}.zip\"");
        assert_eq!(answer.header("content-disposition"), Some(named.as_str()));
        let pack = Unpacked::read(&answer.body);
        let (text, first) = (format!("{reference}.json"), pack.digest(&format!("{reference}.json")).to_owned());
        page.reads(&first);
        assert!(pack.text("receipt.txt").contains(&first) && pack.text("receipt.txt").contains("zwölf."));

        let form = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER);
        checked(&form.set("rationale", "Second thoughts.")).go("send").expect(303);
        let pack = Unpacked::read(&ada.get(&format!("/receipts/{reference}/file")).expect(200).body);
        assert_eq!(pack.digest(&format!("{reference}-revision-1.json")), first);
        assert_ne!(pack.digest(&text), first);

        // Anybody checks: by digest, however it is typed, and by content.
        let reader = server.anonymous();
        let verify = |reference: &str, digest: &str| {
            reader.get("/verify").form("main form[method=get]").set("reference", reference).set("sha256", digest).press()
        };
        verify(&reference, &first).expect(200).reads("exactly this text").reads("revision 1");
        let second = pack.digest(&text).to_uppercase();
        verify(&reference.to_lowercase(), &second).expect(200).reads("revision 2").lacks("thoughts").lacks(&ada.name);
        let form = reader.get("/verify").form("main form[method=post]").set("reference", &reference);
        form.clone().set("content", &format!("{}\n", pack.text(&text))).press().expect(200).reads("revision 2");
        form.clone().set("content", "{}").press().expect(200).reads("holds no text");
        form.press().expect(422).reads("Paste the content");

        // What is unknown answers as what does not fit.
        let other = "0".repeat(64);
        let wrong = verify(&reference, &other).expect(200).one(".notice");
        assert_eq!(verify("GCSC-N3-7K4Q-MW2R-9", &first).expect(200).one(".notice"), wrong);
        verify("GCSC-N4-7K4Q-MW2R-9", &first).expect(422).reads("typing error");
        verify("nonsense", &first).expect(422).reads("not a reference");
        verify("", "abc").expect(422).reads("Enter the reference").reads("Enter the digest");
    }

    fn a_submission_has_one_receipt_and_one_file(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let (reference, parts) = submission(&server, &ada);
        let page = ada.get(&format!("/receipts/{reference}")).expect(200);
        page.reads("Our position").reads("Part one.").reads("Part two.").reads(&parts[0]).reads("Waiting for review");
        ada.get("/my-comments").expect(200).reads(&reference).reads("Our position");
        ada.get(&format!("/my-comments/{}", parts[1])).expect(200).reads(&reference);
        for path in [format!("/receipts/{reference}"), format!("/receipts/{reference}/file")] {
            eve.get(&path).expect(404).lacks("Our position");
        }
        let form = ada.get(&format!("/my-comments/{}/correction", parts[0])).form(COMPOSER);
        checked(&form.set("rationale", "Part one, corrected.")).go("send").expect(303);
        let pack = Unpacked::read(&ada.get(&format!("/receipts/{reference}/file")).expect(200).body);
        page.reads(pack.digest("submission.json"));
        assert_eq!(pack.text("attachments/01-our_.._position.txt"), "The paper");
        let listed = pack.json("submission.json");
        assert_eq!(listed[3][0][1], pack.digest(&format!("{}-revision-1.json", parts[0])));
        assert_eq!(listed[3][1][1], pack.digest(&format!("{}.json", parts[1])));
        let digest = pack.digest("submission.json").to_owned();
        let form = server.anonymous().get("/verify").form("main form[method=get]");
        form.set("reference", &reference).set("sha256", &digest).press().expect(200).reads("a submission, received");
    }

    fn a_comment_is_looked_up_by_mail_only(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let reference = ada.comment_on_whole(NORM, "Where is it?", "named");
        let (whole, _) = submission(&server, &ada);
        let reader = server.anonymous();
        let ask = |reference: &str, email: &str| {
            reader.get("/look-up").expect(200).form("main form").set("reference", reference).set("email", email).press()
        };
        let before = server.mails().len();
        let known = ask(&reference.to_lowercase(), &ada.email).expect(200).main();
        let letter = server.mail_to(&ada.email);
        assert!(letter.body.contains("Waiting for review"), "{letter:?}");
        assert_eq!(server.link_in(&letter), format!("/my-comments/{reference}"));
        // The answer is the same, and nobody else gets a letter.
        for (reference, email) in [
            (reference.as_str(), eve.email.as_str()),
            (&reference, "nobody@example.org"),
            ("GCSC-N3-7K4Q-MW2R-9", &ada.email),
        ] {
            assert_eq!(ask(reference, email).expect(200).main(), known);
        }
        assert_eq!(server.mails().len(), before + 1);
        ask(&whole, &ada.email).expect(200);
        assert!(server.mail_to(&ada.email).body.contains("A submission with 2 comments"));
        for _ in 0..12 {
            ask(&reference, &ada.email).expect(200);
        }
        assert_eq!(server.mails().len(), before + 10, "ten an hour");
        ask("GCSC-N4-7K4Q-MW2R-9", "x").expect(422).reads("typing error");
        ask("", "").expect(422);
    }
}
