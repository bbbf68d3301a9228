//! People: who they are, and how they come to be signed in, all by forms and mail.

use std::ops::Deref;

use norm_portal::accounts::invite::{self, Invitation};
use norm_portal::accounts::model::{DisplayName, Email};
use norm_portal::audit::Actor;
use norm_portal::web::Role;

use super::authenticator::Authenticator;
use super::client::{Answer, Client};
use super::form::Filled;
use super::server::Server;

/// Somebody with an account, signed in.
#[derive(Clone)]
pub struct Person {
    /// The address.
    pub email: String,
    /// The name that others see.
    pub name: String,
    /// The password.
    pub password: String,
    client: Client,
    app: Option<Authenticator>,
}

impl Deref for Person {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// A password that only `nick` has.
pub fn password(nick: &str) -> String {
    format!("quiet lantern over the marsh {nick} 41")
}

impl Person {
    fn named(nick: &str, client: Client) -> Self {
        let mut letters = nick.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        Self {
            email: format!("{nick}@example.org"),
            name: format!("{first}{} Synthetic", letters.as_str()),
            password: password(nick),
            client,
            app: None,
        }
    }

    /// The browser.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The same person in another browser, signed in there too.
    #[track_caller]
    pub fn elsewhere(&self, server: &Server) -> Self {
        let other = Self { client: server.anonymous(), ..self.clone() };
        other.sign_in();
        other
    }

    /// Signs in, with a code if one is asked for; fails if refused.
    #[track_caller]
    pub fn sign_in(&self) {
        let answer = sign_in(&self.client, &self.email, &self.password).expect(303);
        if answer.location().starts_with("/sign-in/code") {
            self.app().enter(&answer.follow()).expect(303);
        }
    }

    /// The app for one-time codes.
    #[track_caller]
    pub fn app(&self) -> &Authenticator {
        self.app.as_ref().unwrap_or_else(|| panic!("{} has no second factor", self.name))
    }

    /// A code for a second factor, if this person has one.
    pub fn code(&self) -> Option<String> {
        self.app.as_ref().map(Authenticator::code)
    }

    /// Sets a second factor up.
    #[track_caller]
    pub fn with_factor(mut self, server: &Server) -> Self {
        self.app = Some(Authenticator::set_up(&self.client, server.clock().clone()));
        self
    }

    /// Proves anew who this is: what the portal asks for ten minutes after signing in.
    #[track_caller]
    pub fn prove(&self) {
        let form = self.get("/account/proof").expect(200).form("main form").set("password", &self.password);
        let form = self.code().map_or_else(|| form.clone(), |code| form.clone().set("code", &code));
        form.press().expect(303);
    }

    /// The search for the person of an address, as the Secretariat sends it.
    #[track_caller]
    pub fn search(&self, address: &str) -> Answer {
        let page = self.get("/secretariat/people").expect(200);
        page.form("form[action='/secretariat/people/search']").set("address", address).press()
    }

    /// Where the page of the person with this address is.
    #[track_caller]
    pub fn place_of(&self, address: &str) -> String {
        self.search(address).expect(303).location()
    }

    /// Signs out.
    #[track_caller]
    pub fn sign_out(&self) {
        self.get("/sign-out").form("main form").press().expect(303);
    }
}

/// Fills in and sends the sign-in form.
#[track_caller]
pub fn sign_in(client: &Client, email: &str, password: &str) -> Answer {
    client.get("/sign-in").form("main form").set("email", email).set("password", password).press()
}

impl Server {
    /// The registration form, filled in by somebody new.
    pub fn registration(&self, nick: &str) -> (Person, Filled) {
        let person = Person::named(nick, self.anonymous());
        let form = person
            .get("/register")
            .expect(200)
            .form("main form")
            .set("email", &person.email)
            .set("name", &person.name)
            .set("password", &person.password)
            .set("stakeholder_group", "civil-society")
            .set("organisation", &format!("Example Organisation of {nick}"))
            .set("country", "NL")
            .set("on_behalf_of", "organisation");
        (person, form)
    }

    /// Somebody who registered, confirmed from the mail and signed in.
    pub fn stakeholder(&self, nick: &str) -> Person {
        self.stakeholder_with(nick, |form| form)
    }

    /// [`Server::stakeholder`] who filled in the form differently.
    pub fn stakeholder_with(&self, nick: &str, change: impl FnOnce(Filled) -> Filled) -> Person {
        let (mut person, form) = self.registration(nick);
        let form = change(form);
        form.press().expect(200);
        form.value("name").clone_into(&mut person.name);
        let link = self.link_in(&self.mail_to(&person.email));
        person.get(&link).expect(200).form("main form").press().expect(303);
        person.sign_in();
        person
    }

    /// A moderator who accepted an invitation.
    pub fn moderator(&self, nick: &str) -> Person {
        self.invited(nick, Role::Moderator)
    }

    /// Somebody of the Secretariat: the first by the portal's first invitation, others by mail.
    pub fn secretariat(&self, nick: &str) -> Person {
        let Some(link) = self.portal().first_invitation().unwrap() else {
            return self.invited(nick, Role::Secretariat);
        };
        let person = Person::named(nick, self.anonymous());
        let path = link.strip_prefix(&self.origin).unwrap();
        person
            .get(path)
            .form("main form")
            .set("email", &person.email)
            .set("name", &person.name)
            .set("password", &person.password)
            .press()
            .expect(303);
        person.sign_in();
        person.with_factor(self)
    }

    /// What `staff invite` does; the link's path.
    pub fn invitation(&self, email: &str, name: &str, role: Role) -> String {
        let invitation = Invitation::by_mail(&Email::parse(email).unwrap(), DisplayName::parse(name).unwrap(), role);
        let (now, origin) = (self.clock().now(), self.origin.clone());
        let link = self
            .db()
            .write_blocking(move |conn| invite::invite(conn, now, Actor::Operator, &invitation, &origin))
            .unwrap();
        link.strip_prefix(&self.origin).unwrap().to_owned()
    }

    fn invited(&self, nick: &str, role: Role) -> Person {
        let person = Person::named(nick, self.anonymous());
        let link = self.invitation(&person.email, &person.name, role);
        person.get(&link).form("main form").set("password", &person.password).press().expect(303);
        person.sign_in();
        person.with_factor(self)
    }
}
