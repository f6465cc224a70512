//! Ways to break the shipped configuration: each replaces one piece of one file. The snapshot beside this file has what is said.

/// One way.
pub struct Broken {
    /// In words.
    pub what: &'static str,
    /// In which file.
    pub file: &'static str,
    /// What stands there.
    pub from: &'static str,
    /// What is written instead.
    pub to: &'static str,
}

/// All of them.
pub const BROKEN: &[Broken] = &[
    Broken {
        what: "an unknown key",
        file: "bindeledd.toml",
        from: r#"data = ""#,
        to: r#"dat = "x"
data = ""#,
    },
    Broken { what: "a missing key", file: "bindeledd.toml", from: r#"data = "../bindeledd-data""#, to: "" },
    Broken {
        what: "a password in the address of a database",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[store]\nurl = \"postgres://gateway:hemmelig@db/bindeledd\"\n\n[http]\n",
    },
    Broken {
        what: "heads that are posted in the clear",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[history.post]\nurl = \"http://revision.example/heads\"\n\n[http]\n",
    },
    Broken {
        what: "a database elsewhere without TLS",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[store]\nurl = \"postgres://gateway@db/bindeledd?sslmode=disable\"\n\n[http]\n",
    },
    Broken {
        what: "metadata that goes before its content",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[retention]\ncontent = 24\nmetadata = 12\n\n[http]\n",
    },
    Broken {
        what: "a history that goes while the metadata stays",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[retention]\ncontent = 24\nhistory = 120\n\n[http]\n",
    },
    Broken {
        what: "a password file without a database",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[store]\npassword_file = \"partners/nordoy-legekontor.toml\"\n\n[http]\n",
    },
    Broken {
        what: "an authority for a database that is asked without TLS",
        file: "bindeledd.toml",
        from: "[http]\n",
        to: "[store]\nurl = \"postgres://gateway@localhost/bindeledd\"\nca_file = \"bindeledd.toml\"\n\n[http]\n",
    },
    Broken { what: "an unknown section", file: "bindeledd.toml", from: "[limits]", to: "[limit]" },
    Broken { what: "not an address", file: "bindeledd.toml", from: r#""127.0.0.1:8080""#, to: r#""localhost""# },
    Broken {
        what: "a certificate that is not there",
        file: "bindeledd.toml",
        from: "[log]",
        to: r#"[http.tls]
certificate = "cert.pem"

[log]"#,
    },
    Broken {
        what: "a log format that does not exist",
        file: "bindeledd.toml",
        from: r#"format = "text""#,
        to: r#"format = "jsn""#,
    },
    Broken {
        what: "a log filter that cannot be read",
        file: "bindeledd.toml",
        from: r#"filter = "info""#,
        to: r#"filter = "bindeledd=loud""#,
    },
    Broken {
        what: "a size in a unit that means two things",
        file: "bindeledd.toml",
        from: r#"message_bytes = "20MiB""#,
        to: r#"message_bytes = "20MB""#,
    },
    Broken {
        what: "a limit out of bounds",
        file: "bindeledd.toml",
        from: r#"message_bytes = "20MiB""#,
        to: "message_bytes = 10",
    },
    Broken {
        what: "a limit of XML that does not exist",
        file: "bindeledd.toml",
        from: r#"message_bytes = "20MiB""#,
        to: "xml.depth = 5",
    },
    Broken {
        what: "a folder of schemas that is not there",
        file: "bindeledd.toml",
        from: "[log]",
        to: "[schemas]\nextra = \"no-such-folder\"\n\n[log]",
    },
    Broken {
        what: "a severity below what the standard makes mandatory",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[severity]\nR-030 = \"warn\"\n\n[[organisation]]",
    },
    Broken {
        what: "a severity that the rule does not know",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[severity]\nR-019 = \"refuse\"\n\n[[organisation]]",
    },
    Broken {
        what: "a version that does not exist",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\nplo = [\"1.7\"]\n\n[[organisation]]",
    },
    Broken {
        what: "a family without a version",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\ndialogmelding = []\n\n[[organisation]]",
    },
    Broken {
        what: "a loss that nobody can allow",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\nmax_loss = \"refuse\"\n\n[[organisation]]",
    },
    Broken {
        what: "a profession that is none",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\ncontact_profession = \"sykepleier\"\n\n[[organisation]]",
    },
    Broken {
        what: "an attachment of no type",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\nattachments = [\"PDF\"]\n\n[[organisation]]",
    },
    Broken {
        what: "a kind of application that is none",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[understands]\nplo15_type_innhold = \"3\"\n\n[[organisation]]",
    },
    Broken {
        what: "a severity for no rule",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[severity]\nR-999 = \"warn\"\n\n[[organisation]]",
    },
    Broken {
        what: "a slip in the form",
        file: "partners/fjellvik-tildeling.toml",
        from: r#"name = "Saksbehandling""#,
        to: "name = Saksbehandling",
    },
    Broken {
        what: "the same key twice",
        file: "partners/fjellvik-tildeling.toml",
        from: "[[organisation]]",
        to: r#"title = "x"
[[organisation]]"#,
    },
    Broken {
        what: "a partner without a title",
        file: "partners/fjellvik-kapasitet.toml",
        from: r#"title = "Fjellvik kommune, kapasitetsoversikten""#,
        to: "",
    },
    Broken {
        what: "an empty title",
        file: "partners/fjellvik-kapasitet.toml",
        from: r#""Fjellvik kommune, kapasitetsoversikten""#,
        to: r#"" ""#,
    },
    Broken {
        what: "a word that is none of the choices",
        file: "partners/nordoy-legekontor.toml",
        from: r#""receiver"
"#,
        to: r#""reciever"
"#,
    },
    Broken {
        what: "a version of AppRec that does not exist",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "apprec = 1.1\n[[organisation]]",
    },
    Broken {
        what: "a pattern with a star in the middle",
        file: "partners/fjellvik-tildeling.toml",
        from: r#""LOG_*""#,
        to: r#""LOG_*_1""#,
    },
    Broken {
        what: "a list that is no list",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: r#"accepts = "LOG_*"
[[organisation]]"#,
    },
    Broken {
        what: "an identity number in the place of a HER-id",
        file: "partners/nordoy-legekontor.toml",
        from: "9000201",
        to: r#""01815000274""#,
    },
    Broken {
        what: "a HER-id of two partners",
        file: "partners/fjellvik-hjemmetjeneste.toml",
        from: "9000102",
        to: "9000101",
    },
    Broken { what: "a HER-id twice in one file", file: "partners/fjellvik-tildeling.toml", from: "9000103", to: "9000101" },
    Broken {
        what: "a service with the HER-id of an organisation",
        file: "partners/storfjell-sykehus.toml",
        from: "9000302",
        to: "9000300",
    },
    Broken {
        what: "an organisation in single brackets",
        file: "partners/nordoy-legekontor.toml",
        from: "[[organisation]]",
        to: "[organisation]",
    },
    Broken {
        what: "a service without a name",
        file: "partners/fjellvik-hjemmetjeneste.toml",
        from: r#"name = "Sykepleietjeneste""#,
        to: "",
    },
    Broken {
        what: "a token in the place of its digest",
        file: "partners/nordoy-legekontor.toml",
        from: r#"token_sha256 = [""#,
        to: r#"token_sha256 = ["demo", ""#,
    },
    Broken {
        what: "no token",
        file: "partners/nordoy-legekontor.toml",
        from: r#"["4ce21621f226a9198ac7785ef4ace68725f274bf772d339612cf0b85ea4b405b"]"#,
        to: "[]",
    },
    Broken {
        what: "the token of another partner",
        file: "partners/storfjell-sykehus.toml",
        from: "45171bff8d4dc063fa16184d91577ad616bcc09d60cc96a71d6d59432bab9118",
        to: "4ce21621f226a9198ac7785ef4ace68725f274bf772d339612cf0b85ea4b405b",
    },
    Broken {
        what: "the folder of another partner",
        file: "partners/fjellvik-kapasitet.toml",
        from: "fjellvik-kapasitet/in",
        to: "fjellvik-hjemmetjeneste/in",
    },
    Broken {
        what: "two ways out",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]",
        to: "[receives.loopback]\n[receives.http]",
    },
    Broken {
        what: "a way out that does not exist",
        file: "partners/fjellvik-kapasitet.toml",
        from: "[receives.directory]",
        to: "[receives.directry]",
    },
    Broken {
        what: "a partner that neither sends nor receives",
        file: "partners/fjellvik-kapasitet.toml",
        from: r#"[receives.directory]
path = "../../bindeledd-data/exchange/fjellvik-kapasitet/in"
create = true"#,
        to: "",
    },
    Broken {
        what: "a partner that sends as nobody",
        file: "partners/fjellvik-kapasitet.toml",
        from: "[receives.directory]",
        to: "[sends.directory]\npath = \"out\"\n[receives.directory]",
    },
    Broken {
        what: "a partner that sends and cannot get the AppRecs for it",
        file: "partners/fjellvik-kapasitet.toml",
        from: r#"[receives.directory]
path = "../../bindeledd-data/exchange/fjellvik-kapasitet/in"
create = true"#,
        to: "[[organisation]]\nher_id = 9000400\nname = \"Fictive\"\n[sends.directory]\npath = \"out\"",
    },
    Broken { what: "a time span without a unit", file: "partners/storfjell-sykehus.toml", from: r#""5s""#, to: "5" },
    Broken { what: "a time span in words", file: "partners/storfjell-sykehus.toml", from: r#""5s""#, to: r#""5 sec""# },
    Broken {
        what: "patience beyond the 96 hours",
        file: "partners/storfjell-sykehus.toml",
        from: r#""72h""#,
        to: r#""7d""#,
    },
    Broken { what: "waits that get shorter", file: "partners/storfjell-sykehus.toml", from: r#""5s""#, to: r#""20m""# },
    Broken {
        what: "a number in quotes",
        file: "partners/storfjell-sykehus.toml",
        from: "in_flight = 8",
        to: r#"in_flight = "8""#,
    },
    Broken {
        what: "a number out of bounds",
        file: "partners/storfjell-sykehus.toml",
        from: "in_flight = 8",
        to: "in_flight = 0",
    },
    Broken {
        what: "a type that is nearly one of list 8279",
        file: "routes/utskrivningsklar.toml",
        from: r#"type = ["LOG_UTSKRIVNINGSKLAR"]"#,
        to: r#"type = ["LOG_UTSKRIVINGSKLAR"]"#,
    },
    Broken { what: "a route without an order", file: "routes/owner.toml", from: "order = 900", to: "" },
    Broken { what: "an order that is taken", file: "routes/utskrivningsklar.toml", from: "order = 100", to: "order = 900" },
    Broken {
        what: "a route without legs",
        file: "routes/owner.toml",
        from: r#"[[leg]]
to = "owner""#,
        to: "",
    },
    Broken {
        what: "a leg to something that is neither",
        file: "routes/owner.toml",
        from: r#"to = "owner""#,
        to: r#"to = "fjellvik-tildeling""#,
    },
    Broken {
        what: "a leg to a partner that does not exist",
        file: "routes/utskrivningsklar.toml",
        from: "partner:fjellvik-kapasitet",
        to: "partner:fjellvik-kapsitet",
    },
    Broken {
        what: "yes in the place of true",
        file: "routes/utskrivningsklar.toml",
        from: "expects_apprec = false",
        to: r#"expects_apprec = "no""#,
    },
    Broken {
        what: "a receiver that nobody owns",
        file: "routes/utskrivningsklar.toml",
        from: "receiver = [9000101]\n",
        to: "receiver = [9000101, 9000111]\n",
    },
    Broken {
        what: "an empty list of receivers",
        file: "routes/utskrivningsklar.toml",
        from: "receiver = [9000101]\n",
        to: "receiver = []\n",
    },
    Broken {
        what: "a version that no type has",
        file: "routes/utskrivningsklar.toml",
        from: r#"role = "primary""#,
        to: r#"version = ["1.7"]"#,
    },
    Broken {
        what: "a role that does not exist",
        file: "routes/utskrivningsklar.toml",
        from: r#"role = "primary""#,
        to: r#"role = "main""#,
    },
    Broken {
        what: "a test that expects a partner that does not exist",
        file: "routes/owner.toml",
        from: r#""fjellvik-hjemmetjeneste""#,
        to: r#""hjemmetjenesten""#,
    },
    Broken {
        what: "a test of a route that does not exist",
        file: "routes/owner.toml",
        from: r#"route = "owner""#,
        to: r#"route = "ownr""#,
    },
    Broken {
        what: "a test without a message",
        file: "routes/owner.toml",
        from: r#"message = { type = "DIALOG_HELSEFAGLIG", version = "1.1", sender = [9000100, 9000101], receiver = [9000300, 9000301] }"#,
        to: "",
    },
    Broken {
        what: "a test with a file that is not there",
        file: "routes/owner.toml",
        from: r#"message = { type = "DIALOG_HELSEFAGLIG", version = "1.1", sender = [9000100, 9000101], receiver = [9000300, 9000301] }"#,
        to: r#"file = "message.xml""#,
    },
    Broken {
        what: "a test with an address of three levels",
        file: "routes/owner.toml",
        from: "receiver = [9000300, 9000301]",
        to: "receiver = [9000300, 9000301, 9000302]",
    },
    Broken {
        what: "patient data in the clear over a network",
        file: "partners/nordoy-legekontor.toml",
        from: "http://127.0.0.1:9102/messages",
        to: "http://epj.example/messages",
    },
    Broken {
        what: "an address with a password in it",
        file: "partners/nordoy-legekontor.toml",
        from: "http://127.0.0.1:9102/messages",
        to: "https://me:secret@epj.example/messages",
    },
    Broken {
        what: "a token file with something else in it",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]",
        to: "[receives.http]\ntoken_file = \"nordoy-legekontor.toml\"",
    },
    Broken {
        what: "a token under a key of another name",
        file: "partners/nordoy-legekontor.toml",
        from: r#"token_sha256 = [""#,
        to: "token = \"my-secret\"\ntoken_sha256 = [\"",
    },
    Broken {
        what: "room for less than one message",
        file: "bindeledd.toml",
        from: "[log]",
        to: "[http.limits]\nbytes_at_once = \"10MiB\"\n\n[log]",
    },
    Broken {
        what: "a password in the address of a broker",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://gateway:hemmelig@mq.example/helse\"\nqueue = \"nordoy.out\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "a broker elsewhere without TLS",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqp://mq.example/helse\"\nqueue = \"nordoy.out\"\nuser = \"gateway\"\npassword_file = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "a queue and an exchange",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nqueue = \"nordoy.out\"\nexchange = \"nordoy\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "nowhere on a broker, and a key for nothing",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nrouting_key = \"nordoy\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "nobody to come to a broker as",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nqueue = \"nordoy.out\"\nuser = \"gateway\"\n",
    },
    Broken {
        what: "a queue that is written and read",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nqueue = \"nordoy\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n[sends.amqp]\nurl = \"amqps://mq.example/helse\"\nqueue = \"nordoy\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "a number of a person in the name of a queue",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nqueue = \"nordoy.01815000274\"\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
    Broken {
        what: "an exchange that the gateway is to make",
        file: "partners/nordoy-legekontor.toml",
        from: "[receives.http]\nurl = \"http://127.0.0.1:9102/messages\"\n",
        to: "[receives.amqp]\nurl = \"amqps://mq.example/helse\"\nexchange = \"nordoy\"\ncreate = true\ncertificate = \"nordoy-legekontor.toml\"\nkey = \"nordoy-legekontor.toml\"\n",
    },
];
