//! Where a broker is: host, port and virtual host.

use hyper::Uri;
use percent_encoding::percent_decode_str;
use std::net::IpAddr;

/// The ports that IANA has given to AMQP, without and with TLS.
const PORT: u16 = 5672;
const PORT_TLS: u16 = 5671;
/// What RabbitMQ calls its only virtual host when it is new.
const VIRTUAL_HOST: &str = "/";

/// The address of a broker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Name or number of the machine.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The part of the broker that we work in.
    pub virtual_host: String,
    /// True if it is reached with TLS.
    pub is_encrypted: bool,
}

impl Address {
    /// Reads `amqps://host:port/virtual-host`. Without TLS only to this very machine, or if the operator says so.
    /// The error says what to write instead.
    pub fn parse(text: &str, plain_amqp: bool) -> Result<Self, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "is no address; write amqps://host/virtual-host")?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or("names no host; write amqps://host/virtual-host")?;
        if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err("holds a user name; write `user` and `password_file` beside it");
        }
        if uri.query().is_some() {
            return Err("has a query; what can be chosen has keys of its own");
        }
        let is_encrypted = match uri.scheme_str() {
            Some("amqps") => true,
            Some("amqp") if plain_amqp || is_this_machine(host) => false,
            Some("amqp") => {
                return Err(
                    "is not encrypted; write amqps://, or plain_amqp = true if the network itself protects patient data",
                );
            }
            Some(_) | None => return Err("is neither amqps:// nor amqp://"),
        };
        let usual = if is_encrypted { PORT_TLS } else { PORT };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_string();
        let virtual_host = virtual_host(uri.path())?;
        Ok(Self { host, port: uri.port_u16().unwrap_or(usual), virtual_host, is_encrypted })
    }

    /// Host and port, for people.
    pub fn shown(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// One segment of a path; `/` itself is written `%2F`, and is meant when there is none.
fn virtual_host(path: &str) -> Result<String, &'static str> {
    const UNREADABLE: &str = "names no virtual host that could be read; a slash in its name is written %2F";
    let name = path.strip_prefix('/').unwrap_or(path);
    if name.contains('/') {
        return Err(UNREADABLE);
    }
    let name = percent_decode_str(name).decode_utf8().map_err(|_| UNREADABLE)?;
    Ok(if name.is_empty() { VIRTUAL_HOST.into() } else { name.into_owned() })
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_host_port_and_virtual_host_with_the_usual_port_where_none_is_written() {
        let read = |text| Address::parse(text, true).map(|it| (it.shown(), it.virtual_host, it.is_encrypted));
        for (text, shown, virtual_host, is_encrypted) in [
            ("amqps://mq.example/helse", "mq.example:5671", "helse", true),
            ("amqps://mq.example:5673/a%2Fb", "mq.example:5673", "a/b", true),
            ("amqp://mq.example", "mq.example:5672", "/", false),
            ("amqp://mq.example/", "mq.example:5672", "/", false),
            ("amqp://[::1]:5/%2F", "[::1]:5", "/", false),
        ] {
            assert_eq!(read(text), Ok((shown.to_string(), virtual_host.to_string(), is_encrypted)), "{text}");
        }
    }

    #[test]
    fn patient_data_leaves_the_machine_unencrypted_only_when_the_operator_says_so() {
        for here in ["amqp://localhost/x", "amqp://127.0.0.1:5672/x", "amqp://[::1]"] {
            assert!(Address::parse(here, false).is_ok(), "{here}");
        }
        for away in ["amqp://mq.example", "amqp://10.0.0.1/x", "amqp://localhost.example"] {
            assert!(Address::parse(away, false).is_err_and(|why| why.contains("plain_amqp")), "{away}");
            assert!(Address::parse(away, true).is_ok(), "{away}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_broker_is_refused() {
        for text in [
            "",
            "mq.example",
            "https://mq.example/x",
            "amqps://user:secret@mq.example/x",
            "amqps://mq.example/x?heartbeat=1",
            "amqps://mq.example/a/b",
            "amqps:///x",
        ] {
            assert!(Address::parse(text, true).is_err(), "{text}");
        }
    }
}
