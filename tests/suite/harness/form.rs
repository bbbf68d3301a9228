//! A form on a page, filled in and sent as a browser does it.

use scraper::ElementRef;

use super::client::{Answer, Client, css};

/// A form with its values.
#[derive(Clone)]
pub struct Filled {
    client: Client,
    method: String,
    action: String,
    values: Vec<(String, String)>,
    controls: Vec<(String, Kind)>,
    buttons: Vec<(String, String)>,
    /// Whether it is sent in parts, so that files can come with it.
    in_parts: bool,
    files: Vec<Chosen>,
}

/// A file that was chosen.
#[derive(Clone)]
struct Chosen {
    field: String,
    name: String,
    bytes: Vec<u8>,
}

#[derive(Clone, PartialEq)]
enum Kind {
    Text,
    Hidden,
    File,
    /// Values that can be chosen.
    Choice(Vec<String>),
}

fn attr(element: ElementRef, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

impl Filled {
    /// Reads `form` on the page at `path`.
    pub fn read(client: &Client, path: &str, form: ElementRef) -> Self {
        let own = path.split('?').next().unwrap_or_default();
        let action = form.value().attr("action").filter(|action| !action.is_empty()).unwrap_or(own).to_owned();
        let method = attr(form, "method").to_lowercase();
        let mut filled = Self {
            client: client.clone(),
            method,
            action,
            values: Vec::new(),
            controls: Vec::new(),
            buttons: Vec::new(),
            in_parts: attr(form, "enctype") == "multipart/form-data",
            files: Vec::new(),
        };
        for control in form.select(&css("input, select, textarea, button")) {
            filled.add_control(control);
        }
        filled
    }

    fn add_control(&mut self, control: ElementRef) {
        let (name, value) = (attr(control, "name"), attr(control, "value"));
        let kind = attr(control, "type");
        match (control.value().name(), kind.as_str()) {
            ("button", _) => self.buttons.push((name, value)),
            _ if name.is_empty() || control.value().attr("disabled").is_some() => {}
            ("select", _) => {
                let options: Vec<ElementRef> = control.select(&css("option")).collect();
                let chosen = options.iter().find(|option| option.value().attr("selected").is_some());
                if let Some(option) = chosen.or(options.first()) {
                    self.values.push((name.clone(), attr(*option, "value")));
                }
                self.controls.push((name, Kind::Choice(options.iter().map(|option| attr(*option, "value")).collect())));
            }
            ("textarea", _) => {
                let text: String = control.text().collect();
                // HTML, 4.10.22.4: line breaks leave as CRLF.
                self.values.push((name.clone(), text.replace('\n', "\r\n")));
                self.controls.push((name, Kind::Text));
            }
            (_, "radio" | "checkbox") => {
                let checked = control.value().attr("checked").is_some();
                let offered = if kind == "checkbox" && value.is_empty() { "on".to_owned() } else { value };
                if checked {
                    self.values.push((name.clone(), offered.clone()));
                }
                match self.controls.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, Kind::Choice(values))) => values.push(offered),
                    _ => self.controls.push((name, Kind::Choice(vec![offered]))),
                }
            }
            (_, "file") => self.controls.push((name, Kind::File)),
            (_, "hidden") => {
                self.values.push((name.clone(), value));
                self.controls.push((name, Kind::Hidden));
            }
            _ => {
                self.values.push((name.clone(), value));
                self.controls.push((name, Kind::Text));
            }
        }
    }

    /// Where it is sent.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The value of a field; empty if it has none.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every name and value, as they would be sent.
    pub fn values(&self) -> Vec<(&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Types or chooses `value`.
    ///
    /// # Panics
    /// When the form has no such field that a person can change, or does not offer the value.
    #[track_caller]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let control = self.controls.iter().find(|(known, _)| known == name);
        match control {
            Some((_, Kind::Text)) => {}
            Some((_, Kind::Choice(offered))) => {
                assert!(offered.iter().any(|one| one == value), "{name} does not offer {value:?} but {offered:?}");
            }
            Some((_, Kind::Hidden | Kind::File)) | None => panic!("{}: no field {name} to fill in", self.action),
        }
        self.put(name, &value.replace("\r\n", "\n").replace('\n', "\r\n"));
        self
    }

    /// Ticks the box called `name` with this value, beside others of that name.
    ///
    /// # Panics
    /// When the form has no such box.
    #[track_caller]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        let offers = |(known, kind): &(String, Kind)| {
            known == name && matches!(kind, Kind::Choice(offered) if offered.iter().any(|one| one == value))
        };
        assert!(self.controls.iter().any(offers), "{}: no box {name} for {value:?}", self.action);
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The values that a box, a list or radios called `name` offer.
    pub fn offered(&self, name: &str) -> Vec<String> {
        let found = self.controls.iter().find(|(known, _)| known == name);
        match found {
            Some((_, Kind::Choice(offered))) => offered.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether it has a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.controls.iter().any(|(known, _)| known == name)
    }

    /// The fields that a person can fill in and that hold nothing, each with what it offers.
    pub fn blanks(&self) -> Vec<(String, Vec<String>)> {
        let blank = self.controls.iter().filter(|(name, _)| self.value(name).is_empty());
        let fields = blank.filter_map(|(name, kind)| match kind {
            Kind::Text => Some((name.clone(), Vec::new())),
            Kind::Choice(offered) => Some((name.clone(), offered.clone())),
            Kind::Hidden | Kind::File => None,
        });
        fields.collect()
    }

    /// The last button's name and value, if there is a button.
    pub fn last_button(&self) -> Option<(&str, &str)> {
        self.buttons.last().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Chooses a file in the field `field`.
    ///
    /// # Panics
    /// When the form has no such field, or would not send a file.
    #[track_caller]
    pub fn choose(mut self, field: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let is_there = self.controls.iter().any(|(known, kind)| known == field && *kind == Kind::File);
        assert!(is_there && self.in_parts, "{}: no field {field} for files", self.action);
        self.files.push(Chosen { field: field.to_owned(), name: name.to_owned(), bytes: bytes.into() });
        self
    }

    /// The same sent elsewhere: what an attacker can do.
    #[must_use]
    pub fn at(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }

    /// Sends `value` under `name` whatever the form offers: what an attacker can do.
    #[must_use]
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.put(name, value);
        self
    }

    /// Leaves `name` out altogether.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.values.retain(|(known, _)| known != name);
        self
    }

    fn put(&mut self, name: &str, value: &str) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// Presses the last button: the one that goes on.
    #[track_caller]
    pub fn press(&self) -> Answer {
        let (name, value) = self.buttons.last().unwrap_or_else(|| panic!("{}: no button", self.action));
        self.send(name, value)
    }

    /// Presses the button called `go` with this value.
    #[track_caller]
    pub fn go(&self, value: &str) -> Answer {
        let there = self.buttons.iter().any(|(name, known)| name == "go" && known == value);
        assert!(there, "{}: no button to {value}, but {:?}", self.action, self.buttons);
        self.send("go", value)
    }

    /// Sends the form as if it had a button called `go` with this value, whether it has or not.
    #[track_caller]
    pub fn go_unseen(&self, value: &str) -> Answer {
        self.send("go", value)
    }

    #[track_caller]
    fn send(&self, button: &str, value: &str) -> Answer {
        let mut values = self.values();
        if !button.is_empty() {
            values.push((button, value));
        }
        if self.in_parts {
            return self.client.post_bytes(&self.action, PARTS, &self.parts(&values));
        }
        if self.method == "post" {
            return self.client.post(&self.action, &values);
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        let page = self.action.split('#').next().unwrap_or_default();
        self.client.get(&format!("{page}?{query}"))
    }

    /// The body of a form in parts: its fields, then its files as a browser sends them; an empty choice is sent too.
    fn parts(&self, values: &[(&str, &str)]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in values {
            part(&mut body, &format!("name=\"{name}\""), value.as_bytes());
        }
        let empty = self.controls.iter().filter(|(_, kind)| *kind == Kind::File).map(|(name, _)| name);
        for field in empty.filter(|name| self.files.iter().all(|file| file.field != **name)) {
            part(&mut body, &format!("name=\"{field}\"; filename=\"\"\r\nContent-Type: application/octet-stream"), b"");
        }
        for Chosen { field, name, bytes } in &self.files {
            // HTML, 4.10.22.8.
            let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
            let about = format!("name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
            part(&mut body, &about, bytes);
        }
        body.extend_from_slice(b"--part-of-a-test--\r\n");
        body
    }
}

/// The type of a form in parts.
pub const PARTS: &str = "multipart/form-data; boundary=part-of-a-test";

fn part(body: &mut Vec<u8>, about: &str, bytes: &[u8]) {
    body.extend_from_slice(format!("--part-of-a-test\r\nContent-Disposition: form-data; {about}\r\n\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n");
}
