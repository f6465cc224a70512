//! HTTP/1.1 spoken as plainly as can be, with blocking sockets: what a partner's system may look like that is not built on the
//! same crates as the gateway.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Answer {
    /// The value of a field of the JSON body.
    pub fn field(&self, name: &str) -> Option<String> {
        let value: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        value[name].as_str().map(str::to_string)
    }
}

/// One POST of XML on a connection of its own.
pub fn post(address: SocketAddr, path: &str, token: &str, body: &[u8]) -> io::Result<Answer> {
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n");
    ask(address, &head, token, body)
}

/// One GET on a connection of its own.
pub fn get(address: SocketAddr, path: &str, token: &str) -> io::Result<Answer> {
    ask(address, &format!("GET {path} HTTP/1.1\r\n"), token, b"")
}

fn ask(address: SocketAddr, head: &str, token: &str, body: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let head = format!("{head}Host: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let number = |name: &str| header(head, name).and_then(|value| value.parse::<usize>().ok());
    // An answer that broke off says nothing.
    if number("content-length").is_some_and(|length| length != body.len()) {
        return Err(cut());
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    Ok(Answer { status, body: body.to_string() })
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, v)| v.trim())
}

/// What a receiver does with what it got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reply {
    /// It answers with this status.
    Status(u16),
    /// It is gone before it answers.
    Nothing,
}

/// A receiver's system: every POST goes to `take`, on a thread for each connection, until the test is over.
pub fn receiver(take: impl Fn(Vec<u8>) -> Reply + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let take = Arc::new(take);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let take = Arc::clone(&take);
            // What the gateway's death does to a connection is nothing to the receiver.
            std::thread::spawn(move || drop(serve(&stream, &*take)));
        }
    });
    address
}

fn serve(stream: &TcpStream, take: &dyn Fn(Vec<u8>) -> Reply) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        match take(body) {
            Reply::Status(status) => {
                (&mut &*stream).write_all(format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n").as_bytes())?;
            }
            Reply::Nothing => return Ok(()),
        }
    }
}
