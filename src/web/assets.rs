//! Static files: embedded, served under names that hold the digest of their content.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;

use super::page::{Page, PageError};
use crate::ids;

#[derive(RustEmbed)]
#[folder = "static"]
struct Files;

struct Asset {
    bytes: Vec<u8>,
    kind: &'static str,
}

struct Assets {
    /// By name in the folder.
    urls: HashMap<String, String>,
    /// By hashed name.
    files: HashMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut assets = Assets { urls: HashMap::new(), files: HashMap::new() };
    let (sheets, others): (Vec<_>, Vec<_>) = Files::iter().partition(|name| name.ends_with(".css"));
    for name in others {
        if let Some(file) = Files::get(&name) {
            add(&mut assets, &name, file.data.into_owned());
        }
    }
    for name in sheets {
        if let Some(file) = Files::get(&name) {
            let sheet = with_hashed_names(&assets, &file.data);
            add(&mut assets, &name, sheet);
        }
    }
    assets
});

/// A style sheet with the addresses of the files it names, as they are served.
fn with_hashed_names(assets: &Assets, sheet: &[u8]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(sheet).into_owned();
    for (name, url) in &assets.urls {
        text = text.replace(&format!("/static/{name}"), url);
    }
    text.into_bytes()
}

fn add(assets: &mut Assets, name: &str, bytes: Vec<u8>) {
    let digest = hex::encode(ids::sha256(&bytes).get(..6).unwrap_or_default());
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let hashed = format!("{stem}.{digest}.{ending}");
    assets.urls.insert(name.to_owned(), format!("/static/{hashed}"));
    assets.files.insert(hashed, Asset { bytes, kind: kind_of(ending) });
}

fn kind_of(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of the file `name` in `static`.
pub fn url(name: &str) -> String {
    ASSETS.urls.get(name).cloned().unwrap_or_else(|| format!("/static/{name}"))
}

/// `GET /static/{name}`: kept by browsers for a year, for its name changes with its content.
pub async fn serve(name: web::Path<String>) -> Page {
    let asset = ASSETS.files.get(name.as_str()).ok_or(PageError::NotFound)?;
    let bytes: Cow<'static, [u8]> = Cow::Borrowed(&asset.bytes);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.kind))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes.into_owned()))
}
