//! Every address of the portal, one table: what it answers to, who may ask, which handler answers.

use std::future::ready;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::{
    accounts, announcements, comments, data_rights, export, moderation, norms, oversight, papers, public, tables,
    web as shared,
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
            $(
                let mut resource = web::resource($path);
                let mut allowed = Vec::new();
                $(resource = routes!(@add resource allowed $method $handler);)+
                app.service(resource.default_service(web::to(move || ready(other_method(&allowed)))));
            )*
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
    Anyone "/robots.txt" => GET public::robots::pages::robots;
    Anyone "/sitemap.xml" => GET public::robots::pages::sitemap;
    Anyone "/sitemap/pages.xml" => GET public::robots::pages::pages;
    Anyone "/sitemap/comments-{page}.xml" => GET public::robots::pages::comments;
    Anyone "/healthz" => GET public::health::healthz;
    Anyone "/readyz" => GET public::health::readyz;
    Anyone "/static/{name:.*}" => GET shared::assets::serve;

    Anyone "/register" => GET accounts::pages::new, POST accounts::pages::create;
    Anyone "/confirm/{secret}" => GET accounts::pages::confirm_page, POST accounts::pages::confirm;
    Anyone "/sign-in" => GET accounts::pages::sign_in_page, POST accounts::pages::sign_in;
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
    Secretariat "/secretariat/exports" => GET export::pages::list, POST export::pages::create;
    Secretariat "/secretariat/exports/{id}" => GET export::pages::job;
    Secretariat "/secretariat/exports/{id}/file" => GET export::pages::file;
    Secretariat "/secretariat/exports/{id}/manifest" => GET export::pages::manifest;
    Secretariat "/secretariat/people" => GET accounts::staff_pages::people, POST accounts::staff_pages::invite;
    Secretariat "/secretariat/people/{id}" => GET oversight::people::pages::person;
    Secretariat "/secretariat/people/{id}/claims" => GET oversight::people::claims::claims_page, POST oversight::people::claims::give;
    Secretariat "/secretariat/people/{id}/role" => GET oversight::people::pages::role_page, POST oversight::people::pages::role;
    Secretariat "/secretariat/people/{id}/suspension" => GET oversight::people::pages::suspension_page, POST oversight::people::pages::suspend;
    Secretariat "/secretariat/people/{id}/reinstatement" => GET oversight::people::pages::reinstatement_page, POST oversight::people::pages::reinstate;
    Secretariat "/secretariat/invitations/{digest}" => GET oversight::people::withdrawal, POST oversight::people::withdraw;
    Staff "/secretariat/figures" => GET oversight::figures::pages::figures;
    Secretariat "/secretariat/audit" => GET oversight::log::pages::log, POST oversight::log::export;
    Secretariat "/secretariat/organisations" => GET accounts::organisations::staff_pages::list;
    Secretariat "/secretariat/organisations/{id}" => GET accounts::organisations::staff_pages::show, POST accounts::organisations::staff_pages::change;
    Secretariat "/secretariat/announcements" => GET announcements::pages::list, POST announcements::pages::announce;
    Secretariat "/secretariat/announcements/{id}" => GET announcements::pages::edit, POST announcements::pages::correct;
    Secretariat "/secretariat/announcements/{id}/withdrawal" => GET announcements::pages::withdraw_page, POST announcements::pages::withdraw;
    Secretariat "/secretariat/consultations" => GET norms::pages::consultations, POST norms::pages::set_window;
}
