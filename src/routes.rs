//! Every address of the portal, one table: what it answers to, who may ask, which handler answers.

use std::future::ready;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::{accounts, comments, export, moderation, norms, papers, public, web as shared};

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
    Anyone "/norms/{slug}" => GET public::pages::norm;
    Anyone "/comments/{reference}" => GET public::pages::comment;
    Anyone "/contact" => GET public::info_pages::contact;
    Anyone "/privacy" => GET public::info_pages::privacy;
    Anyone "/accessibility" => GET public::info_pages::accessibility;
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
    SignedIn "/account/address" => POST accounts::own_pages::change_address;
    Anyone "/account/address/{secret}" => GET accounts::own_pages::confirm_address_page, POST accounts::own_pages::confirm_address;

    Anyone "/norms/{slug}/comments/new" => GET comments::pages::choose;
    SignedIn "/norms/{slug}/comments/new/{kind}" => GET comments::pages::new, POST comments::pages::create;
    SignedIn "/receipts/{reference}" => GET comments::own_pages::receipt;
    SignedIn "/my-comments" => GET comments::own_pages::list;
    SignedIn "/my-comments/{reference}" => GET comments::own_pages::show;
    SignedIn "/my-comments/{reference}/correction" => GET comments::pages::correct_page, POST comments::pages::correct;
    SignedIn "/my-comments/{reference}/withdrawal" => GET comments::own_pages::withdraw_page, POST comments::own_pages::withdraw;

    SignedIn "/submissions/paper" => GET papers::pages::begin::begin_page, POST papers::pages::begin::begin;
    SignedIn "/submissions/paper/{id}" => GET papers::pages::parts::parts_page, POST papers::pages::parts::parts;
    SignedIn "/submissions/paper/{id}/details" => GET papers::pages::details::details_page, POST papers::pages::details::details;
    SignedIn "/submissions/paper/{id}/check" => GET papers::pages::check::check_page, POST papers::pages::check::check;

    Staff "/secretariat" => GET moderation::pages::queue;
    Staff "/secretariat/comments/{reference}" => GET moderation::pages::detail;
    Staff "/secretariat/comments/{reference}/decision" => POST moderation::pages::decide;
    Staff "/secretariat/mail" => GET moderation::mail_pages::list;
    Staff "/secretariat/mail/{id}/retry" => POST moderation::mail_pages::retry;
    Secretariat "/secretariat/exports" => GET export::pages::list, POST export::pages::create;
    Secretariat "/secretariat/exports/{id}" => GET export::pages::job;
    Secretariat "/secretariat/exports/{id}/file" => GET export::pages::file;
    Secretariat "/secretariat/exports/{id}/manifest" => GET export::pages::manifest;
    Secretariat "/secretariat/people" => GET accounts::staff_pages::people, POST accounts::staff_pages::invite;
    Secretariat "/secretariat/consultations" => GET norms::pages::consultations, POST norms::pages::set_window;
}
