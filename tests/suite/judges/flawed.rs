//! A server as it should not be, for the judges to speak of: no header that protects, what is asked for put into the page and
//! into SQL as it came, and one visitor after the other, however slow the first is.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Starts it; its host and port. It ends with the process of the tests.
pub fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute(
            "CREATE TABLE people (id INTEGER, name TEXT); INSERT INTO people VALUES (1, 'Ada'), (2, 'Eve')",
        )
        .unwrap();
        for stream in listener.incoming() {
            // Whoever hangs up gets no answer.
            let _gone = serve(stream.unwrap(), &mut conn);
        }
    });
    host
}

fn serve(mut stream: TcpStream, conn: &mut SqliteConnection) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    // Somebody tries TLS, and would wait.
    if !reader.fill_buf()?.first().is_some_and(u8::is_ascii_uppercase) {
        return Ok(());
    }
    let mut lines = reader.lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let target = first.split(' ').nth(1).unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let value = url::form_urlencoded::parse(query.as_bytes()).next().map(|(_, value)| value.into_owned());
    let value = value.unwrap_or_default();
    let text = match path {
        "/" => "<a href=\"/said?text=hello\">Said</a> <a href=\"/person?id=1\">Person</a>".to_owned(),
        "/said" => format!("<p>You said {value}</p>"),
        "/person" => person(conn, &value),
        _ => return write!(stream, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
    };
    let page = format!("<!DOCTYPE html><html><head><title>Flawed</title></head><body>{text}</body></html>");
    let head = "HTTP/1.1 200 OK\r\nserver: flawed/0.1\r\ncontent-type: text/html\r\nset-cookie: session=1\r\nconnection: close";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{page}", page.len())
}

fn person(conn: &mut SqliteConnection, id: &str) -> String {
    let found: Result<Vec<Name>, _> = sql_query(format!("SELECT name FROM people WHERE id = {id}")).load(conn);
    match found {
        Ok(people) => people.into_iter().map(|person| format!("<p>{}</p>", person.name)).collect(),
        Err(error) => format!("<p>SQLite error 1: {error}</p>"),
    }
}
