//! Messages made to order. All persons are synthetic: adjective and noun, month + 80 in the number.

/// An address on two levels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At(pub u32, pub u32);

pub const TILDELING: At = At(9_000_100, 9_000_101);
pub const HJEMMETJENESTE: At = At(9_000_100, 9_000_102);
pub const GP: At = At(9_000_200, 9_000_201);
pub const HOSPITAL: At = At(9_000_300, 9_000_302);
pub const NOBODY: At = At(9_000_900, 9_000_901);
pub const UNKNOWN_SERVICE: At = At(9_000_100, 9_000_199);

/// What a message is to be.
#[derive(Clone, Debug)]
pub struct Letter {
    pub msg_id: String,
    pub conversation: Option<String>,
    pub from: At,
    pub to: At,
    pub copy: Option<At>,
    pub patient: bool,
    pub filler_bytes: usize,
}

impl Letter {
    pub fn new(msg_id: impl Into<String>, from: At, to: At) -> Self {
        Self { msg_id: msg_id.into(), conversation: None, from, to, copy: None, patient: true, filler_bytes: 0 }
    }

    /// The message as XML: a PLO 1.6 LOG_INNLAGT.
    pub fn xml(&self) -> String {
        let Self { msg_id, from, to, .. } = self;
        let conversation = self.conversation.as_ref().map_or(String::new(), |first| {
            let reference = format!("<RefToParent>{first}</RefToParent><RefToConversation>{first}</RefToConversation>");
            format!("<ConversationRef>{reference}</ConversationRef>")
        });
        let copy = self.copy.map_or(String::new(), |copy| {
            format!("<OtherReceiver><RoleReceiver V=\"COP\"/>{}</OtherReceiver>", organisation(copy))
        });
        let patient = if self.patient {
            format!(
                "<Patient><FamilyName>Fjord</FamilyName><GivenName>Stille</GivenName>{}</Patient>",
                ident("14854131010", "FNR", "8116")
            )
        } else {
            String::new()
        };
        let filler = "x".repeat(self.filler_bytes);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Synthetic message: fictive organisations and persons. -->\n\
             <MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"><MsgInfo>\
             <Type V=\"LOG_INNLAGT\" DN=\"Melding om innlagt pasient\"/><MIGversion>v1.2 2006-05-24</MIGversion>\
             <GenDate>2026-03-02T10:15:00+01:00</GenDate><MsgId>{msg_id}</MsgId>{conversation}\
             <Sender>{}</Sender><Receiver>{}</Receiver>{copy}{patient}</MsgInfo>\
             <Document><RefDoc><IssueDate V=\"2026-03-02T10:15:00+01:00\"/><MsgType V=\"XML\" DN=\"XML-instans\"/><Content>{}\
             </Content></RefDoc></Document></MsgHead>",
            organisation(*from),
            organisation(*to),
            admission(&filler),
        )
    }
}

/// The content of LOG_INNLAGT, valid by its schema; what fills it up stands in a free text.
fn admission(filler: &str) -> String {
    let phone =
        "<fk1:TeleCom><fk1:TypeTelecom V=\"WP\" DN=\"Arbeidsplass\"/><fk1:TeleAddress V=\"tel:+4700000302\"/></fk1:TeleCom>";
    let ident = |id: &str, code: &str, list: &str| {
        format!(
            "<fk1:Ident><fk1:Id>{id}</fk1:Id><fk1:TypeId V=\"{code}\" S=\"2.16.578.1.12.4.1.1.{list}\" DN=\"{code}\"/></fk1:Ident>"
        )
    };
    let unit = ident("9000302", "HER", "9051");
    let doctor = ident("9900302", "HPR", "8116");
    format!(
        "<p1:Pasientlogistikk xmlns:p1=\"http://www.kith.no/xmlstds/po/Pasientlogistikk/2012-04-01\" \
         xmlns:po=\"http://www.kith.no/xmlstds/po/poKomponent/2012-04-01\" \
         xmlns:fk1=\"http://www.kith.no/xmlstds/felleskomponent1\"><po:InformasjonOmForsendelsen>\
         <po:Forsendelsesstatus V=\"N\" DN=\"Ny\"/></po:InformasjonOmForsendelsen><po:TilknyttetEnhet><po:Kontaktenhet>\
         <fk1:OrganisationName>Fictive</fk1:OrganisationName>{unit}{phone}</po:Kontaktenhet></po:TilknyttetEnhet>\
         <po:AnsvarForRapport><po:AnsvarligRapport><fk1:TypeHealthcareProfessional V=\"LE\" DN=\"Lege\"/>\
         <fk1:RoleToPatient V=\"3\" S=\"2.16.578.1.12.4.1.1.9034\" DN=\"Behandlingsansvarlig lege\"/>\
         <fk1:FamilyName>Ørn</fk1:FamilyName><fk1:GivenName>Vaken</fk1:GivenName>{doctor}</po:AnsvarligRapport>\
         <po:GodkjentDato>2026-03-02</po:GodkjentDato>\
         <po:TypeRelasjon V=\"ARP\" S=\"2.16.578.1.12.4.1.1.8254\" DN=\"Ansvarlig for rapport\"/></po:AnsvarForRapport>\
         <p1:MeldingInnlagtPasient><po:TidsfestetHendelse>\
         <po:Hendelsekode V=\"1\" S=\"2.16.578.1.12.4.1.1.9121\" DN=\"Pasient innlagt\"/>\
         <po:TidspunktForHendelse V=\"2026-03-02T09:40:00+01:00\"/><po:Anslag>false</po:Anslag><po:StedForHendelse>\
         <po:StedHendelse>Storfjell{filler}</po:StedHendelse></po:StedForHendelse></po:TidsfestetHendelse>\
         </p1:MeldingInnlagtPasient></p1:Pasientlogistikk>"
    )
}

/// An AppRec 1.1 of a receiver for a message.
pub fn apprec(id: &str, original: &str, answering: At, answered: At, copy: bool, positive: bool) -> String {
    let (status, error) = if positive {
        ("<Status V=\"1\" DN=\"OK\"/>", "")
    } else {
        (
            "<Status V=\"2\" DN=\"Avvist\"/>",
            "<Error V=\"X99\" S=\"2.16.578.1.12.4.1.1.8221\" DN=\"Annen feil\" OT=\"test\"/>",
        )
    };
    let role = if copy { "COP" } else { "PRIM" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AppRec xmlns=\"http://www.kith.no/xmlstds/apprec/2012-02-15\">\
         <MsgType V=\"APPREC\"/><MIGversion>v1.1 2012-02-15</MIGversion><GenDate>2026-03-02T10:16:00+01:00</GenDate><Id>{id}</Id>\
         <Sender><Role V=\"{role}\"/>{}</Sender><Receiver><Role V=\"AVS\"/>{}</Receiver>{status}{error}\
         <OriginalMsgId><MsgType V=\"LOG_INNLAGT\"/><IssueDate>2026-03-02T10:15:00+01:00</IssueDate><Id>{original}</Id>\
         </OriginalMsgId></AppRec>",
        hcp(answering),
        hcp(answered),
    )
}

/// The text of the first element of this name, for what a test must know of a message that it was handed.
pub fn text_of<'x>(xml: &'x str, element: &str) -> Option<&'x str> {
    let start = xml.find(&format!("<{element}>"))? + element.len() + 2;
    let length = xml[start..].find("</")?;
    Some(&xml[start..start + length])
}

/// The id by which a receiver tells a repetition: MsgId, or the Id of an AppRec.
pub fn id_of(xml: &str) -> String {
    let id = if xml.contains("<AppRec") {
        let ids: Vec<_> = xml.match_indices("</GenDate>").map(|(at, _)| &xml[at..]).collect();
        ids.first().and_then(|rest| text_of(rest, "Id"))
    } else {
        text_of(xml, "MsgId")
    };
    id.unwrap_or_default().to_string()
}

/// For an AppRec: the MsgId that it answers.
pub fn answers(xml: &str) -> Option<String> {
    let original = &xml[xml.find("<OriginalMsgId>")?..];
    text_of(original, "Id").map(str::to_string)
}

fn ident(id: impl std::fmt::Display, code: &str, list: &str) -> String {
    format!("<Ident><Id>{id}</Id><TypeId V=\"{code}\" S=\"2.16.578.1.12.4.1.1.{list}\" DN=\"{code}\"/></Ident>")
}

fn organisation(At(organisation, party): At) -> String {
    let outer = format!("<OrganisationName>Fictive</OrganisationName>{}", ident(organisation, "HER", "9051"));
    let inner = if At(organisation, party) == GP {
        let name = "<FamilyName>Måke</FamilyName><GivenName>Tapper</GivenName>";
        format!("<HealthcareProfessional>{name}{}</HealthcareProfessional>", ident(party, "HER", "8116"))
    } else {
        format!("<Organisation><OrganisationName>Service</OrganisationName>{}</Organisation>", ident(party, "HER", "9051"))
    };
    format!("<Organisation>{outer}{inner}</Organisation>")
}

fn hcp(At(organisation, party): At) -> String {
    let level_2 = if At(organisation, party) == GP { "HCPerson" } else { "Dept" };
    let id = |id: u32| format!("<Name>Fictive</Name><Id>{id}</Id><TypeId V=\"HER\" DN=\"HER-id\"/>");
    format!("<HCP><Inst>{}<{level_2}>{}</{level_2}></Inst></HCP>", id(organisation), id(party))
}
