//! What the portal is compared with: nginx and a bare actix handler, each answering with the very same bytes.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{App, HttpResponse, HttpServer, web};
use serde::{Deserialize, Serialize};

use super::http::{Answer, Browser};
use super::load::spawn_with;
use super::machine;
use super::portal::{free_address, stop};

/// The hidden first argument of the bare handler's mode.
pub const MODE: &str = "--as-bare-handler";

/// A page as the portal answered it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Page {
    /// Where a rival answers with it.
    pub path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Page {
    /// The page number `number` of a comparison.
    pub fn new(number: usize, answer: &Answer) -> Self {
        let own = ["content-length", "transfer-encoding", "date", "connection", "set-cookie", "server"];
        let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
        Self { path: format!("/page-{number}"), headers, body: answer.body.clone() }
    }
}

/// A rival that runs. Dropping it stops it.
pub struct Rival {
    /// Host and port.
    pub address: String,
    child: Child,
}

impl Rival {
    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    fn ready(address: String, child: Child) -> Self {
        for _ in 0..500 {
            if std::net::TcpStream::connect(&address).is_ok() {
                assert_eq!(Browser::new(&address).get("/page-0").status, 200, "a rival has no page");
                return Self { address, child };
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("a rival does not answer at {address}");
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// nginx with `pages` as files below `folder`; `None` where there is no nginx.
pub fn nginx(folder: &Path, pages: &[Page]) -> Option<Rival> {
    if !machine::has("nginx") {
        println!("nginx is not installed (Debian: apt-get install nginx-light): nothing to compare with.");
        return None;
    }
    let (address, place) = (free_address(), folder.display());
    let mut locations = String::new();
    for page in pages {
        fs::write(folder.join(page.path.trim_start_matches('/')), &page.body).expect("a file for nginx");
        write!(locations, "location = {} {{ types {{}}", page.path).expect("a string");
        for (name, value) in &page.headers {
            let quoted = value.replace('"', "\\\"");
            match name.as_str() {
                "content-type" => write!(locations, " default_type \"{quoted}\";"),
                "etag" | "last-modified" => Ok(()),
                _ => write!(locations, " add_header {name} \"{quoted}\";"),
            }
            .expect("a string");
        }
        locations.push_str(" }\n");
    }
    // One process and no log: as fast as nginx serves files on one core.
    let settings = format!(
        "daemon off; master_process off; worker_processes 1; pid {place}/nginx.pid; error_log {place}/error.log;\n\
         events {{ worker_connections 512; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;\n\
         keepalive_timeout 600s; open_file_cache max=100 inactive=600s; client_body_temp_path {place}/a;\n\
         proxy_temp_path {place}/b; fastcgi_temp_path {place}/c; uwsgi_temp_path {place}/d; scgi_temp_path {place}/e;\n\
         server {{ listen {address}; root {place};\n{locations} }} }}\n"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, settings).expect("nginx's settings");
    let nginx = if Path::new("/usr/sbin/nginx").is_file() { "/usr/sbin/nginx" } else { "nginx" };
    let child = machine::pinned(machine::SERVER, nginx)
        .arg("-c")
        .arg(file)
        .args(["-e", &format!("{place}/error.log")])
        .stdin(Stdio::null())
        .spawn()
        .expect("nginx starts");
    Some(Rival::ready(address, child))
}

/// A bare actix handler with `pages` in memory.
pub fn bare(pages: &[Page]) -> Rival {
    let address = free_address();
    let mut command = machine::pinned(machine::SERVER, std::env::current_exe().expect("this program"));
    command.args([MODE, &address]).stdin(Stdio::piped());
    let child = spawn_with(&mut command, &serde_json::to_vec(pages).expect("pages"));
    Rival::ready(address, child)
}

/// The bare handler's process.
pub fn serve(address: &str) {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("pages");
    let pages: Vec<Page> = serde_json::from_str(&text).expect("pages");
    let pages = web::Data::new(pages.into_iter().map(Kept::from).collect::<Vec<_>>());
    let app = move || App::new().app_data(pages.clone()).route("/{page}", web::get().to(answer));
    let server = async { HttpServer::new(app).workers(1).bind(address)?.run().await };
    actix_web::rt::System::new().block_on(server).expect("the bare handler");
}

struct Kept {
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: web::Bytes,
}

impl From<Page> for Kept {
    fn from(page: Page) -> Self {
        let header = |(name, value): (String, String)| (name.parse().expect("a name"), value.parse().expect("a value"));
        Self { path: page.path, headers: page.headers.into_iter().map(header).collect(), body: page.body.into() }
    }
}

async fn answer(request: actix_web::HttpRequest, pages: web::Data<Vec<Kept>>) -> HttpResponse {
    let Some(page) = pages.iter().find(|page| page.path == request.path()) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    for (name, value) in &page.headers {
        response.insert_header((name, value));
    }
    response.body(page.body.clone())
}
