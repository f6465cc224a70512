//! `bindeledd.toml` as written.

use super::installation::{Log, LogFormat, Tls};
use super::schemas::schemas_with;
use super::ways::connection;
use crate::anchors;
use crate::domain::Retention;
use crate::messages::schemas::shipped;
use crate::schema::SchemaSet;
use crate::settings::{FileRead, Section};
use crate::store::{Home, Server};
use crate::transports::http::InOptions;
use crate::web::ServerLimits;
use crate::xml::Limits;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

const MEBIBYTE: u64 = 1 << 20;
const DEFAULT_PORT: u16 = 8080;

/// What the file says, with defaults where it is silent.
pub(super) struct GatewayFile {
    pub data: PathBuf,
    /// Which database holds the messages.
    pub home: Home,
    /// `[keys] file`.
    pub keys: Option<PathBuf>,
    /// `[history]`.
    pub heads: anchors::Options,
    /// `[retention]`.
    pub retention: Retention,
    pub listen: SocketAddr,
    pub tls: Option<Tls>,
    pub server: ServerLimits,
    pub http: InOptions,
    pub log: Log,
    pub limits: Limits,
    pub message_bytes: usize,
    /// By which schemas messages are judged: those of the project, and those of `[schemas] extra`.
    pub schemas: Arc<SchemaSet>,
    /// The files of `[schemas] extra`.
    pub schema_files: Vec<FileRead>,
    /// `[validate]`; `None` unless it is enabled.
    pub validate: Option<InOptions>,
}

/// Reads the file.
pub(super) fn read(root: &mut Section<'_>) -> Option<GatewayFile> {
    let data = root.required("data", Section::path);
    let home = root.within("store", store);
    let keys = root.within("keys", |section| section.path("file"));
    let heads = root.within("history", history).unwrap_or_default();
    let retention = root.within("retention", |section| Some(retention(section)));
    let limits = root.within("limits", |section| Some(limits(section)));
    let (limits, message_bytes) = limits.unwrap_or_else(default_limits);
    let mut bounds = Bounds::for_messages_of(message_bytes);
    let http = root.within("http", |http| {
        http.within("limits", |section| {
            bounds.read(section);
            Some(())
        });
        Some((listen(http), http.within("tls", tls)))
    });
    let validate = root.within("validate", |section| Some(validate(section, message_bytes))).flatten();
    let extra = root.within("schemas", |section| schemas(section));
    let (schemas, schema_files) = extra.unwrap_or_else(|| (shipped(), Vec::new()));
    let log = root.within("log", log);
    let (listen, tls) = http.unwrap_or_default();
    Some(GatewayFile {
        data: data?,
        home: home.unwrap_or_default(),
        keys,
        heads,
        retention: retention.unwrap_or_default(),
        listen: listen.unwrap_or((Ipv4Addr::LOCALHOST, DEFAULT_PORT).into()),
        tls,
        server: bounds.server,
        http: bounds.messages,
        log: log.unwrap_or(Log { format: LogFormat::Text, filter: "info".into() }),
        limits,
        message_bytes,
        schemas,
        schema_files,
        validate,
    })
}

/// `[history]`: where signed heads go.
fn history(section: &mut Section<'_>) -> Option<anchors::Options> {
    let file = section.path("heads");
    let post = section.within("post", |section| connection(section, "url"));
    Some(anchors::Options { file, post })
}

/// `[store]`: messages in a database elsewhere. A password may stand where only an address should, so the line is never repeated.
fn store(section: &mut Section<'_>) -> Option<Home> {
    section.keep_secret("url");
    let url = section.required("url", Section::text);
    let password_file = section.existing_file("password_file");
    let ca_file = section.existing_file("ca_file");
    match Server::parse(&url?) {
        Ok(server) => {
            if ca_file.is_some() && !server.is_encrypted() {
                let complaint =
                    section.spot_of("ca_file").complain("`ca_file` is for TLS, and this server is asked without");
                section
                    .complain(complaint.suggest("write `?sslmode=require` behind the database in `url`, or leave it out"));
            }
            Some(Home::Postgres(Arc::new(server.with_files(password_file, ca_file))))
        }
        Err(trouble) => {
            let complaint = section.spot_of("url").complain_without_repeating(trouble.message);
            section.complain(complaint.suggest(trouble.suggestion));
            None
        }
    }
}

/// `[retention]`: what is removed first must not be kept longer than what tells of it.
fn retention(section: &mut Section<'_>) -> Retention {
    const MONTHS: std::ops::RangeInclusive<u64> = 0..=1200;
    let mut months = |key| section.whole_number(key, MONTHS, "months").and_then(|months| u32::try_from(months).ok());
    let read = Retention { content: months("content"), metadata: months("metadata"), history: months("history") };
    for (key, period, before_it, before) in
        [("metadata", read.metadata, "content", read.content), ("history", read.history, "metadata", read.metadata)]
    {
        let Some(months) = period else { continue };
        if before.is_none_or(|before| before > months) {
            let long = before.map_or_else(|| "for ever".to_owned(), |before| format!("for {before} months"));
            let complaint =
                section.spot_of(key).complain(format!("`{key}` is kept for {months} months, and `{before_it}` {long}"));
            section.complain(complaint.suggest(format!("keep `{key}` at least as long as `{before_it}`")));
        }
    }
    read
}

/// The bounds of HTTP: what one connection may do, and what all together may.
struct Bounds {
    server: ServerLimits,
    messages: InOptions,
}

impl Bounds {
    fn for_messages_of(message_bytes: usize) -> Self {
        let usual = InOptions::default();
        let bytes_at_once = usual.bytes_at_once.max(message_bytes);
        Self {
            server: ServerLimits::default(),
            messages: InOptions { max_message_bytes: message_bytes, bytes_at_once, ..usual },
        }
    }

    fn read(&mut self, section: &mut Section<'_>) {
        let Self { server, messages } = self;
        set(&mut server.connections, section.whole_number("connections", 1..=100_000, "connections"));
        set(&mut messages.requests_at_once, section.whole_number("requests_at_once", 1..=100_000, "requests"));
        set(&mut messages.bytes_at_once, section.size("bytes_at_once", MEBIBYTE..=64 * 1024 * MEBIBYTE));
        let hour = Duration::from_secs(3600);
        let times = [
            ("head_time", &mut server.head_time),
            ("body_time", &mut messages.body_total),
            ("drain_time", &mut server.drain_time),
        ];
        for (key, time) in times {
            *time = section.duration(key, Duration::from_secs(1)..=hour).unwrap_or(*time);
        }
        if messages.bytes_at_once < messages.max_message_bytes {
            let complaint = section.spot_of("bytes_at_once").complain("this is less than one message may have");
            section.complain(complaint.suggest("make it at least as large as message_bytes in [limits]"));
        }
    }
}

/// `[schemas]`: a folder that does not compile is told with file, line and column, and the gateway does not start with half of it.
fn schemas(section: &mut Section<'_>) -> Option<(Arc<SchemaSet>, Vec<FileRead>)> {
    const TOLD: usize = 20;
    let folder = section.path("extra")?;
    let troubles = match schemas_with(&folder) {
        Ok(read) => return Some(read),
        Err(troubles) => troubles,
    };
    for trouble in troubles.iter().take(TOLD) {
        let complaint =
            section.spot_of("extra").complain(format!("the schemas in {} cannot be used: {trouble}", folder.display()));
        section.complain(complaint.suggest("mend the file, take it out of the folder, or leave `extra` out"));
    }
    None
}

/// `POST /validate`: bounds of its own, so that whoever tries messages cannot crowd out those who send them.
fn validate(section: &mut Section<'_>, message_bytes: usize) -> Option<InOptions> {
    const AT_ONCE: u64 = 4;
    let enabled = section.flag("enabled").unwrap_or(false);
    let at_once = section.whole_number("requests_at_once", 1..=1000, "requests").unwrap_or(AT_ONCE);
    let usual = InOptions::default();
    let bytes_at_once = usual.bytes_at_once.max(message_bytes);
    let requests_at_once = usize::try_from(at_once).unwrap_or(usize::MAX);
    enabled.then_some(InOptions { max_message_bytes: message_bytes, requests_at_once, bytes_at_once, ..usual })
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
