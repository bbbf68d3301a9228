//! The program as its operator uses it: help, settings, exit statuses, commands beside a running portal.

use std::process::Output;

use chrono::TimeDelta;
use norm_portal::clock::Clock;

use crate::harness::rows::Rows;
use crate::harness::{Backend, Program, Server, on_both};

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Fails unless the command ends with `status`; what it told on standard error.
#[track_caller]
fn ends(program: &Program, arguments: &[&str], status: i32) -> String {
    let output = program.run(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}{}", said(&output), told(&output));
    told(&output)
}

/// Whether the database refuses to change what was logged.
fn guarded(rows: &Rows) -> bool {
    ["UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"]
        .iter()
        .all(|statement| rows.try_execute(statement).is_err())
}

#[test]
fn every_command_explains_itself() {
    let program = Program::new(Backend::Sqlite);
    let top = program.done(&["--help"]);
    for command in [
        "serve",
        "demo",
        "staff",
        "import-norms",
        "export",
        "verify-audit",
        "scan-files",
        "backup",
        "restore",
        "check-config",
    ] {
        assert!(top.contains(command), "{command}");
        let help = program.done(&[command, "--help"]);
        assert!(help.contains("Usage:"), "{help}");
        let undescribed =
            help.lines().filter(|line| line.trim_start().starts_with("--") && line.trim().split("  ").count() < 2);
        for option in undescribed {
            let after = help.split(option).nth(1).unwrap_or_default().trim_start_matches('\n');
            assert!(after.starts_with("    "), "{command}: {option} has no description");
        }
    }
    assert!(program.done(&["staff", "invite", "--help"]).contains("--email"));
    assert!(program.done(&["--version"]).starts_with("norm-portal "));
    assert_eq!(std::fs::read_dir(program.data_dir()).unwrap().count(), 0, "asking for help makes nothing");
}

#[test]
fn wrong_use_ends_with_2_and_failing_with_1() {
    let program = Program::new(Backend::Sqlite);
    for arguments in [
        &[][..],
        &["none"],
        &["serve", "--none"],
        &["export"],
        &["export", "--edition", "all", "--format", "csv", "--out", "x"],
        &["export", "--edition", "public", "--format", "pdf", "--out", "x"],
        &["export", "--edition", "public", "--format", "csv", "--out", "x", "--status", "none"],
        &["staff", "invite", "--email", "x@example.org", "--name", "X", "--role", "stakeholder"],
        &["staff", "invite", "--email", "none", "--name", "X", "--role", "moderator"],
        &["staff", "invite", "--email", "x@example.org", "--name", " ", "--role", "moderator"],
        &["demo", "--comments", "-1"],
    ] {
        ends(&program, arguments, 2);
    }
    assert!(ends(&program, &["check-config", "--config", "/none.toml"], 1).contains("/none.toml"));
    assert!(ends(&program, &["import-norms", "/none.toml"], 1).contains("/none.toml"));
    let elsewhere = Program::new(Backend::Sqlite).with("NORM_PORTAL_DATABASE__URL", "postgress://h/d");
    assert!(ends(&elsewhere, &["verify-audit"], 1).contains("postgress:"));
    let nowhere = Program::new(Backend::Sqlite);
    for arguments in [
        &["verify-audit"][..],
        &["staff", "reset-second-factor", "--email", "x@example.org"],
        &["export", "--edition", "public", "--format", "csv", "--out", "x.csv"],
        &["backup", "--out", "x"],
    ] {
        assert!(ends(&nowhere, arguments, 1).contains("there is no portal here"), "{arguments:?}");
    }
    assert_eq!(std::fs::read_dir(nowhere.data_dir()).unwrap().count(), 0, "a wrong folder does not become a portal");
    program.done(&["import-norms"]);
    std::os::unix::fs::symlink("/dev/null", program.data_dir().join("link")).unwrap();
    for arguments in
        [&["export", "--edition", "public", "--format", "csv", "--out", "link"][..], &["backup", "--out", "link"]]
    {
        assert!(ends(&program, arguments, 2).contains("no file"), "{arguments:?}");
    }
    assert!(program.data_dir().join("link").is_symlink());
    let unwritable = Program::new(Backend::Sqlite).with("NORM_PORTAL_DATA_DIR", "/proc/none");
    ends(&unwritable, &["import-norms"], 1);
}

#[test]
fn settings_are_shown_without_their_secrets_and_unknown_ones_are_refused() {
    let program = Program::new(Backend::Sqlite)
        .with("NORM_PORTAL_DATABASE__URL", "postgres://portal:hunter2@127.0.0.1/portal")
        .with("NORM_PORTAL_FILES__S3_SECRET", "marmalade")
        .with("NORM_PORTAL_MAIL__TRANSPORT", "smtp")
        .with("NORM_PORTAL_MAIL__SMTP_URL", "smtps://me:swordfish@mail.example:465");
    let shown = program.done(&["check-config"]);
    assert!(shown.contains("mail.example") || shown.contains("(hidden)"), "{shown}");
    for secret in ["hunter2", "swordfish", "marmalade"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    for (name, value, named) in [
        ("NORM_PORTAL_SERVER__LISTEN_ON", "x", "listen_on"),
        ("NORM_PORTAL_SERVRE__LISTEN", "x", "servre"),
        ("NORM_PORTAL_SERVER__LISTEN", "nowhere", "listen"),
        ("NORM_PORTAL_SERVER__PUBLIC_URL", "http://norms.example", "public_url"),
        ("NORM_PORTAL_ACCOUNTS__PARALLEL_HASHES", "0", "parallel_hashes"),
        ("NORM_PORTAL_MAIL__TRANSPORT", "pigeon", "transport"),
        ("NORM_PORTAL_MAIL__FROM", "nobody", "mail.from"),
        ("NORM_PORTAL_FILES__STORE", "s3", "files.s3_bucket"),
        ("NORM_PORTAL_FILES__STORE", "ftp", "store"),
        ("NORM_PORTAL_MAIL__SMTP_URL", "smtp://mail.example", "smtp_url"),
        ("NORM_PORTAL_LOG__LEVEL", "loud=very=", "log.level"),
        ("NORM_PORTAL_LOG__LEVEL", "warning", "log.level"),
        ("NORM_PORTAL_DATA_DIR", "", "data_dir"),
        ("NORM_PORTAL_SERVER__CONTACT", "nobody", "server.contact"),
        ("NORM_PORTAL_NORMS__PACKAGE", "/none.toml", "/none.toml"),
        ("NORM_PORTAL_FILES__READER", "/none", "files.reader"),
        (
            "NORM_PORTAL_DATABASE__URL",
            "postgres://portal:hunter2@db.example/portal?sslmode=verify-full",
            "postgres-tls",
        ),
        (
            "NORM_PORTAL_DATABASE__URL",
            "postgres://portal:hunter2@db.example/portal?sslmode=prefer",
            "database.network_is_private",
        ),
        ("NORM_PORTAL_FILES__CLAMD", "clamd.example:3310", "files.clamd_network_is_private"),
        ("NORM_PORTAL_MAIL__SMTP_SECONDS", "600", "mail.smtp_seconds"),
    ] {
        let smtp = if name.ends_with("SMTP_URL") { "smtp" } else { "file" };
        let mut program = Program::new(Backend::Sqlite);
        if name != "NORM_PORTAL_MAIL__TRANSPORT" {
            program = program.with("NORM_PORTAL_MAIL__TRANSPORT", smtp);
        }
        let fault = ends(&program.with(name, value), &["check-config"], 1);
        assert!(fault.to_lowercase().contains(named), "{name}={value}: {fault}");
        assert!(!fault.contains("hunter2"), "{fault}");
    }
    let file = program.data_dir().join("settings.toml");
    std::fs::write(&file, "[mail]\nform = \"a@b.example\"\n").unwrap();
    assert!(ends(&program, &["check-config", "--config", file.to_str().unwrap()], 1).contains("form"));
}

on_both! {
    fn the_norm_package_is_loaded_once(backend: Backend) {
        let program = Program::new(backend);
        assert_eq!(program.done(&["import-norms"]), "9 new texts, 9 new versions\n");
        let rows = program.database();
        rows.execute("UPDATE consultations SET closes_at = '2031-01-01 00:00:00'");
        rows.execute("UPDATE norms SET published_lever = 7 WHERE slug = 'botnets'");
        let texts = || rows.names("SELECT body AS t FROM text_versions ORDER BY id");
        let before = texts();
        assert_eq!(program.done(&["import-norms"]), "0 new texts, 0 new versions\n");
        assert_eq!((rows.count("norms"), texts()), (9, before));
        assert_eq!(rows.count("consultations WHERE closes_at > '2030-12-31 00:00:00'"), 1, "what the Secretariat set stays");
        assert_eq!(rows.count("norms WHERE published_lever = 7"), 1, "what was counted stays");
    }

    fn a_newer_schema_is_refused_by_every_command(backend: Backend) {
        let program = Program::new(backend);
        program.done(&["import-norms"]);
        program.database().execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        for command in ["serve", "import-norms", "verify-audit"] {
            let fault = ends(&program, &[command], 1);
            assert!(fault.contains("9999") && fault.contains("newer"), "{command}: {fault}");
        }
    }

    fn an_invitation_is_printed_and_mailed_beside_a_running_portal(server: Server) {
        let program = Program::beside(&server);
        let invite = ["staff", "invite", "--email", "mo@example.org", "--name", "Mo Synthetic", "--role", "moderator"];
        let link = program.done(&invite);
        // The program lives in the present: the portal of the test follows it there.
        server.pass((Clock::System.now() - server.clock().now()).max(TimeDelta::zero()));
        assert_eq!(link.trim().strip_prefix(&server.origin).unwrap(), server.link_in(&server.mail_to("mo@example.org")));
        let path = link.trim().strip_prefix(&server.origin).unwrap();
        let mo = server.anonymous();
        let form = mo.get(path).expect(200).form("main form");
        assert_eq!(form.value("name"), "Mo Synthetic");
        form.set("password", "quiet lantern over the marsh").press().expect(303);
        crate::harness::people::sign_in(&mo, "mo@example.org", "quiet lantern over the marsh").expect(303);
        assert_eq!(mo.get("/secretariat").expect(303).location(), "/account/second-factor/new");
        let _app = crate::harness::Authenticator::set_up(&mo, server.clock().clone());
        mo.get("/secretariat").expect(200);
        mo.get("/secretariat/people").expect(403);
        server.assert_audit_holds();
    }

    fn tampering_with_the_audit_log_is_found(backend: Backend) {
        let server = Server::start(backend);
        server.stakeholder("ada").comment_on_whole("botnets", "A trace.", "named");
        let program = Program::beside(&server);
        let sound = program.done(&["verify-audit"]);
        assert!(sound.contains("the chain holds; head "), "{sound}");
        let rows = Rows::of(server.db());
        assert!(guarded(&rows), "an ordinary connection can't change the log");
        if backend == Backend::Sqlite {
            let triggers = "SELECT name AS t FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'";
            for name in rows.names(triggers) {
                rows.execute(&format!("DROP TRIGGER {name}"));
            }
        } else {
            rows.execute("ALTER TABLE audit_log DISABLE TRIGGER ALL");
        }
        server.execute("UPDATE audit_log SET action = 'comment.withdrawn' WHERE action = 'comment.submitted'");
        let fault = ends(&program, &["verify-audit"], 1);
        assert!(fault.contains("altered"), "{fault}");
        server.execute("UPDATE audit_log SET action = 'comment.submitted' WHERE action = 'comment.withdrawn'");
        program.done(&["verify-audit"]);
        server.execute("DELETE FROM audit_log WHERE seq = (SELECT max(seq) FROM audit_log)");
        assert!(ends(&program, &["verify-audit"], 1).contains("ends at entry"));
        server.execute("DELETE FROM audit_log WHERE seq = 2");
        assert!(ends(&program, &["verify-audit"], 1).contains("entry 2 is missing"));
    }

    fn the_first_invitation_is_printed_while_there_is_no_secretariat(backend: Backend) {
        let program = Program::new(backend);
        let serving = program.serve();
        let first = serving.invitation.clone().expect("an invitation");
        serving.kill();
        let serving = program.serve();
        let second = serving.invitation.clone().expect("another invitation");
        assert_ne!(first, second);
        let sec = serving.client();
        let form = sec.get(&second).expect(200).form("main form");
        form.set("email", "sec@example.org").set("name", "Sec").set("password", "quiet lantern over the marsh").press().expect(303);
        serving.kill();
        let serving = program.serve();
        assert_eq!(serving.invitation, None);
        assert_eq!(serving.client().get(&second).status, 410);
    }
}

#[test]
fn the_desk_invites_through_its_page() {
    let server = Server::start(Backend::Sqlite);
    let sec = server.secretariat("sec");
    let page = || sec.get("/secretariat/people").expect(200).form("main form");
    let answer = page().set("email", "none").press().expect(422);
    assert_eq!(answer.errors().len(), 3);
    assert_eq!(answer.form("main form").value("email"), "none");
    page().set("email", "mo@example.org").set("name", "Mo").forge("role", "stakeholder").press().expect(422);
    let done = page().set("email", "mo@example.org").set("name", "Mo").set("role", "moderator").press().expect(200);
    let link = server.link_in(&server.mail_to("mo@example.org"));
    done.reads(&link);
    let mo = server.anonymous();
    let form = mo.get(&link).form("main form");
    // Neither address nor role can be chosen by whom the link reaches.
    let forged = form
        .set("password", "quiet lantern over the marsh")
        .forge("email", "other@example.org")
        .forge("role", "secretariat");
    forged.press().expect(303);
    mo.get(&link).expect(410);
    sec.get("/secretariat/people").reads("mo@example.org").lacks("other@example.org");
    assert_eq!(server.count("accounts WHERE role = 'moderator' AND email = 'mo@example.org'"), 1);
    assert_eq!(server.audited("staff.invited"), 2);
}
