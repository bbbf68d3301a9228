//! Comment tables: out prefilled, in row by row.

mod bad;
pub mod files;
mod libreoffice;
mod sent;

use crate::harness::client::Answer;
use crate::harness::{Client, Person};

/// Where a table is sent to.
pub const TABLE: &str = "/submissions/table";

/// The form that sends what is previewed.
pub const CONFIRM: &str = "main form[action^='/submissions/table/']";

/// Sends `bytes` as the file called `name` with the fields that the form at `path` carries.
#[track_caller]
pub fn upload_on(browser: &Client, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = browser.get(path).expect(200).form("main form[enctype]");
    let mut body = Vec::new();
    for field in ["csrf", "form_id", "version"] {
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{}\r\n", form.value(field));
        body.extend(head.into_bytes());
    }
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"table\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    browser.post_bytes(form.action(), "multipart/form-data; boundary=edge", &body)
}

/// Sends a file from the page of tables.
#[track_caller]
pub fn upload(browser: &Client, name: &str, bytes: &[u8]) -> Answer {
    upload_on(browser, TABLE, name, bytes)
}

impl Person {
    /// The preview of a table that can be read.
    #[track_caller]
    pub fn preview_of(&self, name: &str, bytes: &[u8]) -> Answer {
        upload(self, name, bytes).expect(303).follow().expect(200)
    }
}
