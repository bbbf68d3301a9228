//! Every address of the portal, one table: what it answers to, who may ask, which handler answers.

use std::future::ready;

use actix_web::http::{Method, header};
use actix_web::{HttpResponse, Resource, Scope, web};

use crate::web::limits::Kind;
use crate::{
    accounts, announcements, comments, data_rights, deliberation, export, moderation, norms, observations, oversight,
    papers, public, tables, web as shared,
};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Everybody with an account.
    SignedIn,
    /// Moderators and the Secretariat.
    Staff,
    /// The Secretariat.
    Secretariat,
}

/// A line of the table, as tests read it.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address with its places.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
}

macro_rules! routes {
    ($($who:ident $path:literal => $($method:ident $handler:path),+;)*) => {
        /// Every route.
        pub const TABLE: &[Route] =
            &[$($(Route { method: stringify!($method), path: $path, who: Who::$who }),+),*];

        /// Registers every route; an address asked in another way answers 405 and says in which ways it may be asked.
        pub fn configure(app: &mut web::ServiceConfig) {
            let mut areas = Areas::default();
            $(
                let (area, rest) = first_part($path);
                let mut resource = web::resource(rest);
                let mut allowed = Vec::new();
                $(resource = routes!(@add resource allowed $method $handler);)+
                areas.add(area, resource.default_service(web::to(move || ready(other_method(&allowed)))));
            )*
            areas.register(app);
        }
    };
    (@add $resource:ident $allowed:ident GET $handler:path) => {{
        $allowed.extend(["GET", "HEAD"]);
        $resource.route(web::get().to($handler)).route(web::head().to($handler))
    }};
    (@add $resource:ident $allowed:ident POST $handler:path) => {{
        $allowed.push("POST");
        $resource.route(web::post().to($handler))
    }};
}

/// Lines whose requests cost more than reading does, or nothing: by method and path. What is not named is reading when it is
/// asked for and sending when it is posted.
const COSTS: &[(&str, &str, Kind)] = &[
    ("GET", "/static/{name:.*}", Kind::Free),
    ("GET", "/healthz", Kind::Free),
    ("GET", "/readyz", Kind::Free),
    ("POST", "/register", Kind::Entering),
    ("POST", "/confirm/{secret}", Kind::Entering),
    ("POST", "/sign-in", Kind::Entering),
    ("POST", "/sign-in/code", Kind::Entering),
    ("POST", "/sign-in/passkey", Kind::Entering),
    ("POST", "/sign-in/passkey/challenge", Kind::Entering),
    ("POST", "/account/passkeys/new", Kind::Entering),
    ("POST", "/account/passkeys/challenge", Kind::Entering),
    ("POST", "/account/passkeys/{id}/removal", Kind::Entering),
    ("POST", "/account/proof", Kind::Entering),
    ("POST", "/account/second-factor/new", Kind::Entering),
    ("POST", "/account/second-factor/codes", Kind::Entering),
    ("POST", "/password/reset", Kind::Entering),
    ("POST", "/password/reset/{secret}", Kind::Entering),
    ("POST", "/invitations/{secret}", Kind::Entering),
    ("POST", "/account/password", Kind::Entering),
    ("POST", "/account/address", Kind::Entering),
    ("POST", "/account/address/{secret}", Kind::Entering),
    ("POST", "/account/deletion", Kind::Entering),
    ("POST", "/look-up", Kind::Entering),
    ("POST", "/name-report", Kind::Entering),
    ("POST", "/comments/{reference}/report", Kind::Entering),
    ("POST", "/sign-out", Kind::Reading),
    ("POST", "/gate", Kind::Reading),
    ("POST", "/norms/{slug}/redline", Kind::Reading),
    ("POST", "/verify", Kind::Searching),
    ("POST", "/secretariat/people/search", Kind::Searching),
    ("GET", "/search", Kind::Searching),
    ("GET", "/norms/{slug}/compare", Kind::Searching),
    ("GET", "/api/v1/annotations", Kind::Searching),
    ("GET", "/account/data/file", Kind::Exporting),
    ("GET", "/receipts/{reference}/file", Kind::Exporting),
    ("GET", "/my-comments/table.xlsx", Kind::Exporting),
    ("GET", "/my-comments/table.docx", Kind::Exporting),
    ("GET", "/submissions/table/blank.xlsx", Kind::Exporting),
    ("GET", "/submissions/table/iso.xlsx", Kind::Exporting),
    ("GET", "/submissions/table/iso.docx", Kind::Exporting),
    ("POST", "/secretariat/exports", Kind::Exporting),
    ("GET", "/secretariat/exports/{id}/file", Kind::Exporting),
    ("POST", "/secretariat/audit", Kind::Exporting),
];

/// What a request costs.
pub fn kind(method: &Method, path: &str) -> Kind {
    let asked = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let named = COSTS.iter().find(|(method, known, _)| *known == path && *method == asked);
    match named {
        Some((_, _, kind)) => *kind,
        None if asked == "POST" => Kind::Sending,
        None => Kind::Reading,
    }
}

/// The first part of an address, and what follows it: `/norms` and `/{slug}`. The home page is in no area.
fn first_part(path: &'static str) -> (&'static str, &'static str) {
    let end = path.get(1..).and_then(|rest| rest.find('/')).map_or(path.len(), |at| at + 1);
    if path == "/" { ("", path) } else { path.split_at(end) }
}

/// Addresses by their first part, in the order of the table: who asks for one is compared with those of its area only.
#[derive(Default)]
struct Areas(Vec<(&'static str, Vec<Resource>)>);

impl Areas {
    fn add(&mut self, area: &'static str, resource: Resource) {
        match self.0.iter_mut().find(|(known, _)| *known == area) {
            Some((_, resources)) => resources.push(resource),
            None => self.0.push((area, vec![resource])),
        }
    }

    fn register(self, app: &mut web::ServiceConfig) {
        for (area, resources) in self.0 {
            match area {
                "" => resources.into_iter().fold(&mut *app, web::ServiceConfig::service),
                area => app.service(resources.into_iter().fold(web::scope(area), Scope::service)),
            };
        }
    }
}

fn other_method(allowed: &[&str]) -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allowed.join(", "))).finish()
}

routes! {
    Anyone "/" => GET public::pages::home;
    Anyone "/comments/{reference}" => GET public::annotations::pages::permalink;
    Anyone "/norms/{slug}" => GET public::norm_page::pages::norm;
    Anyone "/norms/{slug}/positions/{id}" => GET public::norm_page::position::page;
    Anyone "/norms/{slug}/history" => GET public::history::pages::history;
    Anyone "/norms/{slug}/versions/{label}" => GET public::history::pages::version;
    Anyone "/norms/{slug}/compare" => GET public::history::pages::compare;
    Anyone "/norms/{slug}/outcome" => GET public::outcome::pages::of_norm;
    Anyone "/norms/{slug}/outcome/{number}" => GET public::outcome::pages::of_issue;
    Anyone "/outcome" => GET public::outcome::pages::outcome;
    Anyone "/comments/{reference}/report" => GET moderation::reports::pages::page, POST moderation::reports::pages::make;
    SignedIn "/comments/{reference}/cosignature" => GET comments::cosigning::pages::page, POST comments::cosigning::pages::sign;
    SignedIn "/comments/{reference}/cosignature/removal" => POST comments::cosigning::pages::remove;
    Anyone "/overview" => GET public::overview::pages::overview;
    Anyone "/transparency" => GET public::transparency::pages::transparency;
    Anyone "/announcements" => GET public::announcement_pages::list;
    Anyone "/announcements/{id}" => GET public::announcement_pages::show;
    Anyone "/briefing" => GET public::briefing_pages::briefing;
    Anyone "/search" => GET public::search::pages::search;
    Anyone "/contact" => GET public::info_pages::contact;
    Anyone "/privacy" => GET public::info_pages::privacy;
    Anyone "/accessibility" => GET public::info_pages::accessibility;
    Anyone "/feed.atom" => GET public::feeds::pages::all;
    Anyone "/norms/{slug}/feed.atom" => GET public::feeds::pages::of_norm;
    Anyone "/announcements.atom" => GET public::feeds::pages::announcements;
    Anyone "/api/openapi.json" => GET public::api::openapi::document;
    Anyone "/api/v1" => GET public::api::consultation::index;
    Anyone "/api/v1/consultation" => GET public::api::consultation::consultation;
    Anyone "/api/v1/vocabulary" => GET public::api::consultation::vocabulary;
    Anyone "/api/v1/norms" => GET public::api::norms::list;
    Anyone "/api/v1/norms/{slug}" => GET public::api::norms::norm;
    Anyone "/api/v1/norms/{slug}/versions" => GET public::api::norms::versions;
    Anyone "/api/v1/norms/{slug}/versions/{label}" => GET public::api::norms::version;
    Anyone "/api/v1/comments" => GET public::api::comments::list;
    Anyone "/api/v1/comments/{reference}" => GET public::api::comments::comment;
    Anyone "/api/v1/annotations" => GET public::annotations::pages::list;
    Anyone "/api/v1/context.jsonld" => GET public::annotations::pages::context;
    Anyone "/.well-known/security.txt" => GET public::info_pages::security;
    Anyone "/robots.txt" => GET public::robots::pages::robots;
    Anyone "/sitemap.xml" => GET public::robots::pages::sitemap;
    Anyone "/sitemap/pages.xml" => GET public::robots::pages::pages;
    Anyone "/sitemap/comments-{page}.xml" => GET public::robots::pages::comments;
    Anyone "/healthz" => GET public::health::healthz;
    Anyone "/readyz" => GET public::health::readyz;
    Anyone "/metrics" => GET oversight::state::metrics::metrics;
    Anyone "/static/{name:.*}" => GET shared::assets::serve;

    Anyone "/register" => GET accounts::pages::new, POST accounts::pages::create;
    Anyone "/confirm/{secret}" => GET accounts::pages::confirm_page, POST accounts::pages::confirm;
    Anyone "/sign-in" => GET accounts::pages::sign_in_page, POST accounts::pages::sign_in;
    Anyone "/sign-in/code" => GET accounts::factor::sign_in_pages::show, POST accounts::factor::sign_in_pages::enter;
    Anyone "/gate" => POST shared::gate::pages::pass;
    Anyone "/sign-in/passkey" => POST accounts::passkeys::sign_in_pages::enter;
    Anyone "/sign-in/passkey/challenge" => POST accounts::passkeys::sign_in_pages::challenge;
    Anyone "/sign-out" => GET accounts::pages::sign_out_page, POST accounts::pages::sign_out;
    Anyone "/password/reset" => GET accounts::pages::reset_page, POST accounts::pages::request_reset;
    Anyone "/password/reset/{secret}" => GET accounts::pages::new_password_page, POST accounts::pages::set_new_password;
    Anyone "/.well-known/change-password" => GET accounts::own_pages::well_known_password;
    Anyone "/invitations/{secret}" => GET accounts::staff_pages::invitation, POST accounts::staff_pages::accept;
    SignedIn "/account" => GET accounts::own_pages::account, POST accounts::own_pages::change_details;
    SignedIn "/account/password" => POST accounts::own_pages::change_password;
    Staff "/account/digest" => POST accounts::own_pages::change_digest;
    SignedIn "/account/data" => GET data_rights::pages::data;
    SignedIn "/account/data/file" => GET data_rights::pages::file;
    SignedIn "/account/deletion" => GET data_rights::pages::deletion, POST data_rights::pages::delete;
    SignedIn "/account/address" => POST accounts::own_pages::change_address;
    SignedIn "/account/second-factor" => GET accounts::factor::pages::show;
    SignedIn "/account/second-factor/new" => GET accounts::factor::pages::new, POST accounts::factor::pages::set_up;
    SignedIn "/account/second-factor/image" => GET accounts::factor::pages::image;
    SignedIn "/account/second-factor/codes" => POST accounts::factor::pages::new_codes;
    SignedIn "/account/second-factor/codes/file" => POST accounts::factor::pages::codes_file;
    SignedIn "/account/second-factor/removal" => GET accounts::factor::removal::show, POST accounts::factor::removal::remove;
    SignedIn "/account/passkeys" => GET accounts::passkeys::pages::list;
    SignedIn "/account/passkeys/new" => GET accounts::passkeys::pages::new, POST accounts::passkeys::pages::add;
    SignedIn "/account/passkeys/challenge" => POST accounts::passkeys::pages::challenge;
    SignedIn "/account/passkeys/{id}/removal" => GET accounts::passkeys::removal::show, POST accounts::passkeys::removal::remove;
    SignedIn "/account/proof" => GET accounts::proof::pages::show, POST accounts::proof::pages::give;
    SignedIn "/account/sessions" => GET accounts::sessions::pages::list, POST accounts::sessions::pages::end;
    SignedIn "/account/organisation" => GET accounts::organisations::pages::page;
    SignedIn "/account/organisation/comments" => GET comments::on_behalf::pages::list;
    SignedIn "/account/organisation/founding" => POST accounts::organisations::pages::found;
    SignedIn "/account/organisation/joining" => POST accounts::organisations::pages::join;
    SignedIn "/account/organisation/people" => POST accounts::organisations::pages::decide;
    SignedIn "/account/organisation/leaving" => POST accounts::organisations::pages::leave;
    Anyone "/account/address/{secret}" => GET accounts::own_pages::confirm_address_page, POST accounts::own_pages::confirm_address;

    Anyone "/attachments/{id}" => GET comments::attachments::pages::download;
    Anyone "/norms/{slug}/comments/new" => GET comments::pages::choose;
    SignedIn "/norms/{slug}/comments/new/{kind}" => GET comments::pages::new, POST comments::pages::create;
    SignedIn "/norms/{slug}/redline" => POST comments::live::show;
    SignedIn "/receipts/{reference}" => GET comments::receipts::pages::receipt;
    SignedIn "/receipts/{reference}/file" => GET comments::receipts::pages::whole;
    Anyone "/verify" => GET comments::receipts::verify::page, POST comments::receipts::verify::content;
    Anyone "/look-up" => GET comments::lookup_pages::page, POST comments::lookup_pages::ask;
    Anyone "/name-report" => GET moderation::name_reports::pages::page, POST moderation::name_reports::pages::make;
    SignedIn "/my-comments" => GET comments::own_pages::list;
    SignedIn "/my-comments/drafts/{id}" => GET comments::drafts::pages::open;
    SignedIn "/my-comments/drafts/{id}/discard" => GET comments::drafts::pages::discard_page, POST comments::drafts::pages::discard;
    SignedIn "/my-comments/drafts/{id}/sharing" => GET comments::drafts::pages::share_page, POST comments::drafts::pages::share;
    SignedIn "/my-comments/table.xlsx" => GET tables::downloads::own_xlsx;
    SignedIn "/my-comments/table.docx" => GET tables::downloads::own_docx;
    SignedIn "/my-comments/{reference}" => GET comments::own_pages::show;
    SignedIn "/my-comments/{reference}/correction" => GET comments::pages::correct_page, POST comments::pages::correct;
    SignedIn "/my-comments/{reference}/withdrawal" => GET comments::own_forms::withdraw_page, POST comments::own_forms::withdraw;
    SignedIn "/my-comments/{reference}/appeal" => GET comments::own_forms::appeal_page, POST comments::own_forms::appeal;

    SignedIn "/my-comments/{reference}/redactions/{id}/appeal" => GET comments::own_forms::redaction_appeal_page, POST comments::own_forms::appeal_redaction;

    SignedIn "/my-comments/{reference}/issues/{id}/answer" => GET deliberation::answers::pages::page, POST deliberation::answers::pages::answer;

    SignedIn "/submissions/table" => GET tables::pages::show, POST tables::pages::upload;
    Anyone "/submissions/table/blank.xlsx" => GET tables::downloads::blank;
    Anyone "/submissions/table/iso.xlsx" => GET tables::downloads::iso_xlsx;
    Anyone "/submissions/table/iso.docx" => GET tables::downloads::iso_docx;
    SignedIn "/submissions/table/{id}" => GET tables::preview::show, POST tables::preview::send;

    SignedIn "/submissions/paper" => GET papers::pages::begin::begin_page, POST papers::pages::begin::begin;
    SignedIn "/submissions/paper/{id}" => GET papers::pages::parts::parts_page, POST papers::pages::parts::parts;
    SignedIn "/submissions/paper/{id}/details" => GET papers::pages::details::details_page, POST papers::pages::details::details;
    SignedIn "/submissions/paper/{id}/check" => GET papers::pages::check::check_page, POST papers::pages::check::check;

    Staff "/secretariat" => GET moderation::pages::queue;
    Staff "/secretariat/comments/{reference}" => GET moderation::pages::detail;
    Staff "/secretariat/comments/{reference}/decision" => POST moderation::pages::decide;
    Staff "/secretariat/comments/{reference}/claim" => POST moderation::pages::claim;
    Staff "/secretariat/comments/{reference}/priority" => POST moderation::pages::set_priority;
    Staff "/secretariat/comments/{reference}/next" => GET moderation::pages::next;
    Staff "/secretariat/decided/{id}/undo" => GET moderation::pages::undo_page, POST moderation::pages::undo;
    Staff "/secretariat/bulk" => POST moderation::bulk::pages::bulk;
    Staff "/secretariat/batches/{id}" => GET moderation::bulk::pages::batch;
    Staff "/secretariat/batches/{id}/undo" => POST moderation::bulk::pages::undo_batch;
    Staff "/secretariat/filters" => POST moderation::saved::pages::keep;
    Staff "/secretariat/filters/{id}/deletion" => POST moderation::saved::pages::drop;
    Staff "/secretariat/keys" => POST moderation::keys::pages::set;
    Staff "/secretariat/reports" => GET moderation::reports::staff_pages::list;
    Staff "/secretariat/reports/{id}" => GET moderation::reports::staff_pages::detail, POST moderation::reports::staff_pages::close;
    Staff "/secretariat/campaigns" => GET moderation::campaigns::pages::list;
    Staff "/secretariat/campaigns/{id}" => GET moderation::campaigns::pages::card;
    Staff "/secretariat/campaigns/{id}/texts" => POST moderation::campaigns::pages::take_out;
    Staff "/secretariat/campaigns/{id}/texts/{text}" => GET moderation::campaigns::pages::text;
    Staff "/secretariat/campaigns/{id}/additions" => POST moderation::campaigns::pages::put_in;
    Staff "/secretariat/comments/{reference}/redaction" => GET moderation::redaction::pages::page, POST moderation::redaction::pages::redact;
    Secretariat "/secretariat/comments/{reference}/original" => GET moderation::redaction::original_pages::page, POST moderation::redaction::original_pages::show;
    Secretariat "/secretariat/redaction-appeals" => GET moderation::redaction::appeal_pages::list;
    Secretariat "/secretariat/redaction-appeals/{id}" => GET moderation::redaction::appeal_pages::page, POST moderation::redaction::appeal_pages::hear;
    Staff "/secretariat/name-reports/{id}" => GET moderation::name_reports::pages::detail, POST moderation::name_reports::pages::close;
    Staff "/secretariat/received/new" => GET comments::received::pages::page, POST comments::received::pages::begin;
    Staff "/secretariat/received/new/{slug}/{kind}" => POST comments::received::pages::compose;
    Staff "/secretariat/mail" => GET moderation::mail_pages::list;
    Staff "/secretariat/mail/{id}/retry" => POST moderation::mail_pages::retry;
    Staff "/secretariat/deliberation" => GET deliberation::board::pages::overview::overview;
    Staff "/secretariat/deliberation/norms/{slug}" => GET deliberation::board::pages::board::board;
    Staff "/secretariat/deliberation/norms/{slug}/issues" => GET deliberation::board::pages::new::page, POST deliberation::board::pages::new::begin;
    Staff "/secretariat/deliberation/norms/{slug}/left" => GET deliberation::board::pages::left::page, POST deliberation::board::pages::left::sort;
    Staff "/secretariat/deliberation/issues/{id}" => GET deliberation::board::pages::issue::page, POST deliberation::board::pages::issue::write;
    Staff "/secretariat/deliberation/issues/{id}/steps" => POST deliberation::board::pages::steps::take;
    Staff "/secretariat/deliberation/issues/{id}/comments" => GET deliberation::board::pages::comments::page, POST deliberation::board::pages::comments::gather;
    Staff "/secretariat/deliberation/issues/{id}/comments/{reference}" => GET deliberation::board::pages::own_answer::page, POST deliberation::board::pages::own_answer::answer;
    Staff "/secretariat/deliberation/codes" => GET deliberation::coding::pages::book, POST deliberation::coding::pages::add;
    Staff "/secretariat/deliberation/codes/{id}" => GET deliberation::coding::pages::show, POST deliberation::coding::pages::alter;
    Staff "/secretariat/comments/{reference}/coding" => GET deliberation::coding::pages::of_comment, POST deliberation::coding::pages::code_comment;
    Secretariat "/secretariat/deliberation/publication" => GET deliberation::board::pages::publication::page, POST deliberation::board::pages::publication::publish;
    Secretariat "/secretariat/deliberation/report" => GET deliberation::report::pages::page, POST deliberation::report::pages::save;
    Secretariat "/secretariat/deliberation/observations" => GET observations::pages::list::page, POST observations::pages::list::upload;
    Secretariat "/secretariat/deliberation/observations/{id}" => GET observations::pages::review::page, POST observations::pages::review::apply;
    Secretariat "/secretariat/exports" => GET export::pages::list, POST export::pages::create;
    Secretariat "/secretariat/exports/{id}" => GET export::pages::job;
    Secretariat "/secretariat/exports/{id}/file" => GET export::pages::file;
    Secretariat "/secretariat/exports/{id}/manifest" => GET export::pages::manifest;
    Staff "/secretariat/deliberation/norms/{slug}/marshalled" => GET export::text_pages::marshalled;
    Staff "/secretariat/deliberation/norms/{slug}/rolling" => GET export::text_pages::rolling;
    Staff "/secretariat/deliberation/norms/{slug}/working" => GET export::working_pages::working;
    Staff "/secretariat/deliberation/levers" => GET export::lever_pages::levers;
    Secretariat "/secretariat/people" => GET accounts::staff_pages::people, POST accounts::staff_pages::invite;
    Secretariat "/secretariat/people/search" => POST accounts::staff_pages::search;
    Secretariat "/secretariat/people/{id}" => GET oversight::people::pages::person;
    Secretariat "/secretariat/people/{id}/claims" => GET oversight::people::claims::claims_page, POST oversight::people::claims::give;
    Secretariat "/secretariat/people/{id}/role" => GET oversight::people::pages::role_page, POST oversight::people::pages::role;
    Secretariat "/secretariat/people/{id}/suspension" => GET oversight::people::pages::suspension_page, POST oversight::people::pages::suspend;
    Secretariat "/secretariat/people/{id}/second-factor" => GET oversight::people::pages::factor_page, POST oversight::people::pages::reset_factor;
    Secretariat "/secretariat/people/{id}/reinstatement" => GET oversight::people::pages::reinstatement_page, POST oversight::people::pages::reinstate;
    Secretariat "/secretariat/invitations/{digest}" => GET oversight::people::withdrawal, POST oversight::people::withdraw;
    Staff "/secretariat/figures" => GET oversight::figures::pages::figures;
    Secretariat "/secretariat/state" => GET oversight::state::pages::state;
    Secretariat "/secretariat/gate" => GET oversight::gate::pages::show, POST oversight::gate::pages::change;
    Secretariat "/secretariat/audit" => GET oversight::log::pages::log, POST oversight::log::export;
    Secretariat "/secretariat/organisations" => GET accounts::organisations::staff_pages::list;
    Secretariat "/secretariat/organisations/{id}" => GET accounts::organisations::staff_pages::show, POST accounts::organisations::staff_pages::change;
    Secretariat "/secretariat/announcements" => GET announcements::pages::list, POST announcements::pages::announce;
    Secretariat "/secretariat/announcements/{id}" => GET announcements::pages::edit, POST announcements::pages::correct;
    Secretariat "/secretariat/announcements/{id}/withdrawal" => GET announcements::pages::withdraw_page, POST announcements::pages::withdraw;
    Secretariat "/secretariat/consultations" => GET norms::pages::consultations, POST norms::pages::set_window;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted_by_their_first_part() {
        assert_eq!(first_part("/"), ("", "/"));
        assert_eq!(first_part("/secretariat"), ("/secretariat", ""));
        assert_eq!(first_part("/norms/{slug}/history"), ("/norms", "/{slug}/history"));
        assert_eq!(first_part("/static/{name:.*}"), ("/static", "/{name:.*}"));
    }

    #[test]
    fn what_costs_is_in_the_table() {
        for (method, path, kind) in COSTS {
            let there = TABLE.iter().any(|route| route.method == *method && route.path == *path);
            assert!(there, "{method} {path} is no route");
            assert_eq!(super::kind(&Method::from_bytes(method.as_bytes()).unwrap(), path), *kind);
        }
        assert_eq!(super::kind(&Method::HEAD, "/search"), Kind::Searching);
        assert_eq!(super::kind(&Method::GET, ""), Kind::Reading);
        assert_eq!(super::kind(&Method::POST, "/norms/{slug}/comments/new/{kind}"), Kind::Sending);
    }
}
