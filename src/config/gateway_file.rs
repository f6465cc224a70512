//! `bindeledd.toml` as written.

use super::installation::{Log, LogFormat, Tls};
use crate::settings::Section;
use crate::xml::Limits;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

const MEBIBYTE: u64 = 1 << 20;
const DEFAULT_PORT: u16 = 8080;

/// What the file says, with defaults where it is silent.
pub(super) struct GatewayFile {
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub tls: Option<Tls>,
    pub log: Log,
    pub limits: Limits,
    pub message_bytes: usize,
}

/// Reads the file.
pub(super) fn read(root: &mut Section<'_>) -> Option<GatewayFile> {
    let data = root.required("data", Section::path);
    let http = root.within("http", |http| Some((listen(http), http.within("tls", tls))));
    let log = root.within("log", log);
    let limits = root.within("limits", |section| Some(limits(section)));
    let (listen, tls) = http.unwrap_or((None, None));
    let (limits, message_bytes) = limits.unwrap_or_else(default_limits);
    Some(GatewayFile {
        data: data?,
        listen: listen.unwrap_or((Ipv4Addr::LOCALHOST, DEFAULT_PORT).into()),
        tls,
        log: log.unwrap_or(Log { format: LogFormat::Text, filter: "info".into() }),
        limits,
        message_bytes,
    })
}

fn listen(http: &mut Section<'_>) -> Option<SocketAddr> {
    let text = http.text("listen")?;
    let address = text.parse().ok();
    if address.is_none() {
        let complaint = http.spot_of("listen").complain(format!("`listen` is not an address and a port: \"{text}\""));
        http.complain(
            complaint.suggest("write \"127.0.0.1:8080\" for this machine only, or \"0.0.0.0:8080\" for all its networks"),
        );
    }
    address
}

fn tls(section: &mut Section<'_>) -> Option<Tls> {
    let certificate = section.required("certificate", Section::existing_file);
    let key = section.required("key", Section::existing_file);
    Some(Tls { certificate: certificate?, key: key? })
}

fn log(section: &mut Section<'_>) -> Option<Log> {
    let format = section.choice("format", &[("text", LogFormat::Text), ("json", LogFormat::Json)]);
    let filter = section.text("filter").unwrap_or_else(|| "info".into());
    if let Err(error) = EnvFilter::builder().parse(&filter) {
        let complaint = section.spot_of("filter").complain(format!("`filter` cannot be understood: {error}"));
        section
            .complain(complaint.suggest("write error, warn, info, debug or trace; or \"info,bindeledd::transports=debug\""));
    }
    Some(Log { format: format.unwrap_or_default(), filter })
}

fn default_limits() -> (Limits, usize) {
    let limits = Limits::default();
    (limits, limits.document_bytes)
}

fn limits(section: &mut Section<'_>) -> (Limits, usize) {
    let (mut limits, mut message_bytes) = default_limits();
    if let Some(bytes) = section.size("message_bytes", 1024..=1024 * MEBIBYTE) {
        message_bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        // Whoever takes larger messages wants them read as well; `[limits.xml]` can still say otherwise.
        limits.document_bytes = limits.document_bytes.max(message_bytes);
        limits.text_bytes = limits.text_bytes.max(message_bytes);
    }
    section.within("xml", |xml| {
        xml_limits(xml, &mut limits);
        Some(())
    });
    (limits, message_bytes)
}

fn xml_limits(xml: &mut Section<'_>, limits: &mut Limits) {
    let sizes = [
        ("document_bytes", &mut limits.document_bytes, 2047 * MEBIBYTE),
        ("attribute_value_bytes", &mut limits.attribute_value_bytes, 16 * MEBIBYTE),
        ("text_bytes", &mut limits.text_bytes, 2047 * MEBIBYTE),
        ("name_bytes", &mut limits.name_bytes, 65_535),
    ];
    for (key, limit, most) in sizes {
        set(limit, xml.size(key, 64..=most));
    }
    let numbers = [
        ("depth_elements", &mut limits.depth_elements, 1_000, "elements"),
        ("attributes_per_element", &mut limits.attributes_per_element, 10_000, "attributes"),
        ("elements_total", &mut limits.elements_total, 100_000_000, "elements"),
        ("namespace_declarations_total", &mut limits.namespace_declarations_total, 1_000_000, "declarations"),
    ];
    for (key, limit, most, unit) in numbers {
        set(limit, xml.whole_number(key, 8..=most, unit));
    }
}

fn set(limit: &mut usize, written: Option<u64>) {
    if let Some(value) = written {
        *limit = usize::try_from(value).unwrap_or(usize::MAX);
    }
}
