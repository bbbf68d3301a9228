//! A walk through the campaigns of the demo in a real browser without scripts, on a desk and on a phone.

use crate::harness::{Backend, Program};
use crate::journeys::visitor::Visitor;

const LIST: &str = "/secretariat/campaigns";

#[test]
fn the_campaigns_of_the_demo_without_scripts() {
    let program = Program::new(Backend::Sqlite);
    let serving = program.demo(700);
    let password = serving.password.clone().expect("a password");
    // The largest, for the picture: the portal itself never orders them so.
    let rows = program.database();
    let largest = "SELECT lower(hex(id)) AS t FROM clusters WHERE is_listed = TRUE ORDER BY comments DESC LIMIT 1";
    let largest = rows.names(largest).remove(0);
    assert!(rows.number("SELECT max(comments) AS n FROM clusters") > 30, "the letters of the demo are one campaign");
    let letters = "comment_revisions r JOIN comments c ON c.id = r.comment_id AND c.revision = r.revision \
                   WHERE r.rationale LIKE '%Example Campaign%'";
    let campaigns = rows.number(&format!(
        "SELECT count(DISTINCT cluster_id) AS n FROM cluster_members WHERE comment_id IN (SELECT c.id FROM {letters})"
    ));
    assert_eq!(campaigns, 1);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let desk = Visitor::start(&serving.origin, false, Some("")).await;
        desk.open(&format!("/sign-in?next={LIST}")).await;
        desk.fill("email", "moderator@example.org").await;
        desk.fill("password", &password).await;
        desk.press("Sign in").await;
        desk.fill("code", &serving.app().code()).await;
        desk.press("Sign in").await;
        assert_eq!(desk.path().await, LIST);
        desk.see_everywhere("80-campaigns").await;
        desk.open(&format!("{LIST}/{largest}")).await;
        desk.see_everywhere("81-campaign").await;
        assert!(desk.text().await.contains("make this norm binding"));
        desk.press("Take the chosen ones out").await;
        assert!(desk.title().await.starts_with("Error: "));
        desk.see("82-campaign-error").await;
        desk.open(&format!("{LIST}/{largest}")).await;
        let text = rows.names(&format!(
            "SELECT lower(hex(first_comment)) AS t FROM cluster_texts WHERE lower(hex(cluster_id)) = '{largest}' \
             ORDER BY comments DESC LIMIT 1"
        ));
        desk.open(&format!("{LIST}/{largest}/texts/{}", text[0])).await;
        desk.see_everywhere("83-campaign-text").await;
    });
}
