//! `serve` and `check-config`.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use norm_portal::app::{Portal, norm_package};
use norm_portal::clock::Clock;
use norm_portal::config::Config;

use super::Failure;

/// Starts the portal and answers until told to stop.
pub fn run(config: Config) -> Result<(), Failure> {
    let listener = listen(&config)?;
    let portal = open(config, &listener)?;
    answer(&portal, listener)
}

/// Takes the address of the settings.
pub fn listen(config: &Config) -> Result<TcpListener, Failure> {
    TcpListener::bind(config.server.listen)
        .map_err(|error| Failure::Failed(format!("can't listen on {}: {error}", config.server.listen)))
}

/// Sets the portal up behind `listener`.
pub fn open(config: Config, listener: &TcpListener) -> Result<Portal, Failure> {
    let bound = listener.local_addr().map_err(|error| Failure::Failed(error.to_string()))?;
    let transport = config.mail.open(&config.data_dir).map_err(Failure::Failed)?;
    // Before anything is said of an address.
    check_tls(&config)?;
    Ok(Portal::open(config, Clock::System, transport, bound)?)
}

/// Says where the portal is, then answers until told to stop; what was begun is finished.
pub fn answer(portal: &Portal, listener: TcpListener) -> Result<(), Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let io = |error: std::io::Error| Failure::Failed(error.to_string());
    let workers = [
        portal.postman()?.work(stop.clone()).map_err(io)?,
        portal.clerk().work(stop.clone()).map_err(io)?,
        portal.porter().work(stop.clone()).map_err(io)?,
        portal.keeper().work(stop.clone()).map_err(io)?,
        portal.scanner()?.work(stop.clone()).map_err(io)?,
    ];
    println!("Norm Portal answers at {}", portal.site().link("/"));
    if let Some(link) = portal.first_invitation()? {
        println!("First Secretariat invitation: {link}");
    }
    let files = u64::try_from(portal.site().config().server.most_connections).unwrap_or(u64::MAX).saturating_add(256);
    match rlimit::increase_nofile_limit(files) {
        Ok(may) if may >= files => {}
        may => tracing::warn!(?may, files, "fewer files may be open than server.most_connections needs"),
    }
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let portal = portal.clone();
    let served = actix_web::rt::System::new().block_on(async move { portal.server(listener, threads)?.await });
    stop.store(true, Ordering::Relaxed);
    for worker in workers {
        worker.thread().unpark();
        if worker.join().is_err() {
            tracing::error!("a worker ended with a panic");
        }
    }
    served.map_err(io)
}

fn check_tls(config: &Config) -> Result<(), Failure> {
    if let Some(files) = &config.server.tls {
        norm_portal::web::tls::server_config(files).map_err(Failure::Failed)?;
    }
    Ok(())
}

/// Checks what only shows when it is used: mail, TLS, the addresses of the database, the norm package.
pub fn check(config: &Config) -> Result<(), Failure> {
    config.mail.open(&config.data_dir).map_err(Failure::Failed)?;
    check_tls(config)?;
    config.database.target(&config.data_dir).map_err(Failure::Failed)?;
    norm_package(config.norms.package.as_deref())?;
    match &config.files.reader {
        Some(reader) if !reader.is_file() => {
            Err(Failure::Failed(format!("files.reader {}: there is no such program", reader.display())))
        }
        _ => Ok(()),
    }
}
