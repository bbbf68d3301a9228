//! Static files: embedded, served under names that hold the digest of their content, packed once and for all.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use rust_embed::RustEmbed;

use super::cache::{self, Accepted, Encoding};
use super::page::{Page, PageError};
use crate::ids;

#[derive(RustEmbed)]
#[folder = "static"]
struct Files;

struct Asset {
    bytes: Bytes,
    /// The beginning of its name's digest: what its tags are made of.
    digest: String,
    kind: &'static str,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Asset {
    /// Fonts are packed in themselves.
    fn may_be_packed(&self) -> bool {
        !self.kind.starts_with("font/")
    }

    /// The file in this encoding, if it was asked for before.
    fn ready(&self, encoding: Encoding) -> Option<Bytes> {
        match encoding {
            Encoding::Brotli => self.brotli.get().cloned(),
            Encoding::Gzip => self.gzip.get().cloned(),
            Encoding::Identity => Some(self.bytes.clone()),
        }
    }

    /// The file in this encoding, packed as small as it gets.
    fn packed(&self, encoding: Encoding) -> Bytes {
        let whole = || self.bytes.clone();
        match encoding {
            Encoding::Brotli => {
                self.brotli.get_or_init(|| cache::brotli(&self.bytes, 11).unwrap_or_else(whole)).clone()
            }
            Encoding::Gzip => self.gzip.get_or_init(|| cache::gzip(&self.bytes).unwrap_or_else(whole)).clone(),
            Encoding::Identity => whole(),
        }
    }
}

struct Assets {
    /// By name in the folder.
    urls: HashMap<String, String>,
    /// The digests of the scripts, as browsers check them, by name in the folder.
    scripts: BTreeMap<String, String>,
    /// By hashed name.
    files: HashMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut assets = Assets { urls: HashMap::new(), scripts: BTreeMap::new(), files: HashMap::new() };
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
    let whole = ids::sha256(&bytes);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    if ending == "js" {
        assets.scripts.insert(name.to_owned(), format!("sha256-{}", BASE64.encode(whole)));
    }
    let digest = hex::encode(whole.get(..6).unwrap_or_default());
    let hashed = format!("{stem}.{digest}.{ending}");
    assets.urls.insert(name.to_owned(), format!("/static/{hashed}"));
    let (bytes, kind) = (bytes.into(), kind_of(ending));
    assets.files.insert(hashed, Asset { bytes, digest, kind, brotli: OnceLock::new(), gzip: OnceLock::new() });
}

fn kind_of(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of the file `name` in `static`.
pub fn url(name: &str) -> String {
    ASSETS.urls.get(name).cloned().unwrap_or_else(|| format!("/static/{name}"))
}

/// What the script `name` has to be, for the attribute `integrity` of its element.
pub fn integrity(name: &str) -> String {
    ASSETS.scripts.get(name).cloned().unwrap_or_default()
}

/// The scripts that may run, for the content security policy: these and no others, wherever they come from.
pub fn script_sources() -> String {
    let quoted: Vec<String> = ASSETS.scripts.values().map(|digest| format!("'{digest}'")).collect();
    quoted.join(" ")
}

/// `GET /static/{name}`: kept by browsers for a year, for its name changes with its content.
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> Page {
    let asset = ASSETS.files.get(name.as_str()).ok_or(PageError::NotFound)?;
    let best = Accepted::of(request.headers()).best();
    let encoding = if asset.may_be_packed() { best } else { Encoding::Identity };
    let bytes = match asset.ready(encoding) {
        Some(bytes) => bytes,
        // The best brotli takes a while, once: not on a thread that answers others.
        None => web::block(move || asset.packed(encoding)).await.map_err(|_| PageError::Unavailable)?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.kind))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CONTENT_ENCODING, encoding.name()))
        .insert_header((header::ETAG, format!("\"{}-{}\"", asset.digest, encoding.name())))
        .body(bytes))
}
