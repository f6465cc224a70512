//! Where a request goes, and what is said and trusted on the way.

use crate::domain::Private;
use hyper::Uri;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Where a partner wants its parcels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target(Uri);

impl Target {
    /// Checks an address: `https`, or `http` to this very machine, or `http` anywhere if the operator says so.
    /// The error says what to write instead.
    pub fn parse(text: &str, plain_http: bool) -> Result<Self, &'static str> {
        let uri: Uri = text.parse().map_err(|_| "is no address; write https://host/path")?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or("names no host; write https://host/path")?;
        if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err("holds a user name; use a bearer token instead");
        }
        match uri.scheme_str() {
            Some("https") => Ok(Self(uri)),
            Some("http") if plain_http || is_this_machine(host) => Ok(Self(uri)),
            Some("http") => {
                Err("is not encrypted; write https://, or plain_http = true if the network itself protects patient data")
            }
            Some(_) | None => Err("is neither https:// nor http://"),
        }
    }

    /// The address of something below this one: `https://host/base` and `x` make `https://host/base/x`. A query is left out.
    pub fn below(&self, name: &str) -> Self {
        let path = format!("{}/{name}", self.0.path().trim_end_matches('/'));
        let mut parts = self.0.clone().into_parts();
        parts.path_and_query = path.parse().ok();
        Self(Uri::from_parts(parts).unwrap_or_else(|_| self.0.clone()))
    }

    /// The address.
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// True if it is reached with TLS.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }

    /// Host and port: what may be shown of it.
    pub fn shown(&self) -> &str {
        self.0.authority().map_or("", |authority| authority.as_str())
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The choices of the way out to one partner.
#[derive(Clone)]
pub struct OutOptions {
    /// Where to.
    pub target: Target,
    /// What we show to be let in.
    pub bearer_token: Option<Private<String>>,
    /// The only certificates to trust, as PEM, for a partner with an authority of its own; else those of the machine.
    pub ca_file: Option<PathBuf>,
    /// How long a connection may take to be made.
    pub connect_timeout: Duration,
}

impl OutOptions {
    /// The choices for an address with everything else as usual.
    pub fn new(target: Target) -> Self {
        Self { target, bearer_token: None, ca_file: None, connect_timeout: Duration::from_secs(10) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patient_data_leaves_the_machine_unencrypted_only_when_the_operator_says_so() {
        for here in ["http://localhost:8080/in", "http://127.0.0.1/in", "http://[::1]:9/in"] {
            assert!(Target::parse(here, false).is_ok(), "{here}");
        }
        assert!(Target::parse("https://epj.example/in", false).is_ok());
        for away in ["http://epj.example/in", "http://127.0.0.1.example/in", "http://10.0.0.1/in"] {
            assert!(Target::parse(away, false).is_err_and(|why| why.contains("plain_http")), "{away}");
            assert!(Target::parse(away, true).is_ok(), "{away}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_web_server_is_refused() {
        for text in [
            "",
            "epj.example",
            "/in",
            "ftp://epj.example/in",
            "https://user:secret@epj.example/in",
            "https://",
            "https:///in",
        ] {
            assert!(Target::parse(text, true).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_below_an_address_is_one_step_further_however_it_ends() {
        for base in ["https://fhir.example:8443/r4", "https://fhir.example:8443/r4/"] {
            let below = Target::parse(base, false).unwrap().below("$process-message");
            assert_eq!(below.uri().to_string(), "https://fhir.example:8443/r4/$process-message");
        }
        let below = Target::parse("https://fhir.example", false).unwrap().below("$process-message");
        assert_eq!(below.uri().to_string(), "https://fhir.example/$process-message");
    }

    #[test]
    fn only_host_and_port_of_a_target_are_shown() {
        let target = Target::parse("https://epj.example:8443/in/01815000274?key=secret", false).unwrap();
        assert_eq!(target.shown(), "epj.example:8443");
    }
}
