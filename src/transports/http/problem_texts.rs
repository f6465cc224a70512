//! The words of each kind of problem: a title for a developer, an explanation for a person. No status, no logic.

use super::ProblemKind;
use crate::domain::Text;

impl ProblemKind {
    /// One line, the same for every occurrence.
    pub fn title(self) -> &'static str {
        match self {
            Self::TokenMissing => "The request shows no bearer token",
            Self::TokenUnknown => "No partner has this bearer token",
            Self::ContentTypeNotXml => "The body is not declared as XML in UTF-8 or ISO-8859-1",
            Self::ContentTypeNotFhir => "The body is not declared as FHIR R4 in JSON",
            Self::ContentEncoded => "The body is compressed",
            Self::MessageEmpty => "The body is empty",
            Self::MessageCutShort => "The body ended before it was whole",
            Self::MessageTooLarge => "The message is too large",
            Self::MessageTooSlow => "The message came too slowly",
            Self::TooBusy => "Too much is being received at this moment",
            Self::MessageUnreadable => "No message could be read out of the body",
            Self::SenderNotYours => "The message names a sender that is not registered for your system",
            Self::NotFitToSend => "The message may not be sent as it is",
            Self::MsgIdReused => "An earlier message with other content has the same MsgId",
            Self::MessageUnknown => "There is no such message that you may see",
            Self::TrackingIdMisread => "That is no tracking id",
            Self::QueryUnknown => "The query has something that is not known here",
            Self::NoSuchPath => "There is nothing at this path",
            Self::NoSuchMethod => "This path does not know that method",
            Self::NotReady => "The gateway is not ready",
            Self::FaultPassing => "The gateway could not do this now",
            Self::StorageFull => "The gateway cannot store anything now",
            Self::FaultLasting => "The gateway has a fault",
        }
    }

    /// What it means and what to do, for `GET /problems/{name}`.
    pub fn explanation(self) -> Text {
        match self {
            Self::TokenMissing => TOKEN_MISSING,
            Self::TokenUnknown => TOKEN_UNKNOWN,
            Self::ContentTypeNotXml => CONTENT_TYPE_NOT_XML,
            Self::ContentTypeNotFhir => CONTENT_TYPE_NOT_FHIR,
            Self::ContentEncoded => CONTENT_ENCODED,
            Self::MessageEmpty => MESSAGE_EMPTY,
            Self::MessageCutShort => MESSAGE_CUT_SHORT,
            Self::MessageTooLarge => MESSAGE_TOO_LARGE,
            Self::MessageTooSlow => MESSAGE_TOO_SLOW,
            Self::TooBusy => TOO_BUSY,
            Self::MessageUnreadable => MESSAGE_UNREADABLE,
            Self::SenderNotYours => SENDER_NOT_YOURS,
            Self::NotFitToSend => NOT_FIT_TO_SEND,
            Self::MsgIdReused => MSG_ID_REUSED,
            Self::MessageUnknown => MESSAGE_UNKNOWN,
            Self::TrackingIdMisread => TRACKING_ID_MISREAD,
            Self::QueryUnknown => QUERY_UNKNOWN,
            Self::NoSuchPath => NO_SUCH_PATH,
            Self::NoSuchMethod => NO_SUCH_METHOD,
            Self::NotReady => NOT_READY,
            Self::FaultPassing => FAULT_PASSING,
            Self::StorageFull => STORAGE_FULL,
            Self::FaultLasting => FAULT_LASTING,
        }
    }
}

const TOKEN_MISSING: Text = Text {
    en: "Every request must carry the header 'Authorization: Bearer <token>', once, with the token you were given.",
    nb: "Hver forespørsel må ha hodefeltet 'Authorization: Bearer <token>', én gang, med det tokenet dere har fått.",
    nn: "Kvar førespurnad må ha hovudfeltet 'Authorization: Bearer <token>', éin gong, med det tokenet de har fått.",
};

const TOKEN_UNKNOWN: Text = Text {
    en: "The token belongs to nobody here. It may be mistyped, replaced, or meant for another gateway. Ask its operator.",
    nb: "Ingen her har dette tokenet. Det kan være feilskrevet, byttet ut eller ment for et annet knutepunkt. Spør driften.",
    nn: "Ingen her har dette tokenet. Det kan vere feilskrive, bytt ut eller meint for eit anna knutepunkt. Spør drifta.",
};

const CONTENT_TYPE_NOT_XML: Text = Text {
    en: "Send 'Content-Type: application/xml' (or text/xml). A charset, if given, must be utf-8 or iso-8859-1.",
    nb: "Send 'Content-Type: application/xml' (eller text/xml). Er charset oppgitt, må det være utf-8 eller iso-8859-1.",
    nn: "Send 'Content-Type: application/xml' (eller text/xml). Er charset oppgitt, må det vere utf-8 eller iso-8859-1.",
};

const CONTENT_TYPE_NOT_FHIR: Text = Text {
    en: "Content-Type must be application/fhir+json (or application/json); if it names a fhirVersion, that is 4.0.",
    nb: "Content-Type må være application/fhir+json (eller application/json); står det en fhirVersion, er den 4.0.",
    nn: "Content-Type må vere application/fhir+json (eller application/json); står det ein fhirVersion, er han 4.0.",
};
const CONTENT_ENCODED: Text = Text {
    en: "Send the message without Content-Encoding: the bytes are stored exactly as they come.",
    nb: "Send meldingen uten Content-Encoding: bytene lagres nøyaktig slik de kommer.",
    nn: "Send meldinga utan Content-Encoding: bytane blir lagra nøyaktig slik dei kjem.",
};

const MESSAGE_EMPTY: Text = Text {
    en: "The body of the request must be the message itself.",
    nb: "Kroppen i forespørselen må være selve meldingen.",
    nn: "Kroppen i førespurnaden må vere sjølve meldinga.",
};

const MESSAGE_CUT_SHORT: Text = Text {
    en: "The connection ended before the whole body had come. Nothing is stored. Send it again.",
    nb: "Forbindelsen ble brutt før hele kroppen var kommet. Ingenting er lagret. Send på nytt.",
    nn: "Sambandet vart brote før heile kroppen var komen. Ingenting er lagra. Send på nytt.",
};

const MESSAGE_TOO_LARGE: Text = Text {
    en: "The message is larger than this gateway takes. Nothing is stored. Sending it again does not help: make it smaller.",
    nb: "Meldingen er større enn det dette knutepunktet tar imot. Ingenting er lagret. Den må gjøres mindre.",
    nn: "Meldinga er større enn det dette knutepunktet tek imot. Ingenting er lagra. Ho må gjerast mindre.",
};

const MESSAGE_TOO_SLOW: Text = Text {
    en: "The body did not come in time. Nothing is stored. Send it again; look at the network if it happens often.",
    nb: "Kroppen kom ikke frem i tide. Ingenting er lagret. Send på nytt; undersøk nettet hvis det skjer ofte.",
    nn: "Kroppen kom ikkje fram i tide. Ingenting er lagra. Send på nytt; undersøk nettet om det skjer ofte.",
};

const TOO_BUSY: Text = Text {
    en: "Nothing is wrong with the message, and nothing is stored. Send it again after the time in Retry-After.",
    nb: "Det er ikke noe galt med meldingen, og ingenting er lagret. Send på nytt etter tiden i Retry-After.",
    nn: "Det er ikkje noko gale med meldinga, og ingenting er lagra. Send på nytt etter tida i Retry-After.",
};

const MESSAGE_UNREADABLE: Text = Text {
    en: "The bytes are no XML that a receiver could read, or no message. They are not sent to anybody. 'findings' say what and where.",
    nb: "Bytene er ikke XML som en mottaker kan lese, eller ikke en melding. De er ikke sendt til noen. 'findings' sier hva og hvor.",
    nn: "Bytane er ikkje XML som ein mottakar kan lese, eller ikkje ei melding. Dei er ikkje sende til nokon. 'findings' seier kva og kvar.",
};

const SENDER_NOT_YOURS: Text = Text {
    en: "You may send only as the HER-ids registered for your system. Correct the sender, or have the HER-id registered.",
    nb: "Dere kan bare sende som de HER-id-ene som er registrert på systemet. Rett avsenderen, eller få HER-id-en registrert.",
    nn: "De kan berre sende som dei HER-id-ane som er registrerte på systemet. Rett avsendaren, eller få HER-id-en registrert.",
};

const NOT_FIT_TO_SEND: Text = Text {
    en: "Your system's messages are judged as a sender's must be. It is sent to nobody. 'findings' say what and where; mend it and send it with a new MsgId.",
    nb: "Meldingene fra deres system vurderes etter avsenders krav. Den er ikke sendt til noen. 'findings' sier hva og hvor; rett den og send med ny MsgId.",
    nn: "Meldingane frå systemet dykkar blir vurderte etter avsendars krav. Ho er ikkje send til nokon. 'findings' seier kva og kvar; rett ho og send med ny MsgId.",
};

const MSG_ID_REUSED: Text = Text {
    en: "A MsgId names one message for ever. Give new content a new MsgId. The same bytes again would have got the same receipt.",
    nb: "En MsgId er navnet på én melding for alltid. Gi nytt innhold ny MsgId. De samme bytene på nytt hadde gitt samme kvittering.",
    nn: "Ein MsgId er namnet på éi melding for alltid. Gi nytt innhald ny MsgId. Dei same bytane på nytt hadde gitt same kvittering.",
};

const MESSAGE_UNKNOWN: Text = Text {
    en: "Either there is no message with this tracking id, or you neither sent it nor are one of its receivers.",
    nb: "Enten finnes det ingen melding med denne sporings-ID-en, eller så har dere verken sendt den eller skal motta den.",
    nn: "Anten finst det inga melding med denne sporings-ID-en, eller så har de verken sendt ho eller skal ta imot ho.",
};

const TRACKING_ID_MISREAD: Text = Text {
    en: "A tracking id is ten characters such as K7QP2-MFX9T, the last of which checks the others. This one was probably misread.",
    nb: "En sporings-ID er ti tegn som K7QP2-MFX9T, der det siste kontrollerer de andre. Denne er trolig lest feil.",
    nn: "Ein sporings-ID er ti teikn som K7QP2-MFX9T, der det siste kontrollerer dei andre. Denne er truleg lesen feil.",
};

const QUERY_UNKNOWN: Text = Text {
    en: "POST /validate knows direction=in or direction=out, and lang=en, lang=nb or lang=nn.",
    nb: "POST /validate kjenner direction=in eller direction=out, og lang=en, lang=nb eller lang=nn.",
    nn: "POST /validate kjenner direction=in eller direction=out, og lang=en, lang=nb eller lang=nn.",
};

const NO_SUCH_PATH: Text = Text {
    en: "Messages are sent with POST /messages, and their state is read with GET /messages/{tracking id}.",
    nb: "Meldinger sendes med POST /messages, og tilstanden leses med GET /messages/{sporings-ID}.",
    nn: "Meldingar blir sende med POST /messages, og tilstanden blir lesen med GET /messages/{sporings-ID}.",
};

const NO_SUCH_METHOD: Text = Text {
    en: "The header Allow says which methods this path knows.",
    nb: "Hodefeltet Allow sier hvilke metoder denne stien kjenner.",
    nn: "Hovudfeltet Allow seier kva metodar denne stien kjenner.",
};

const NOT_READY: Text = Text {
    en: "The gateway is starting or stopping, or cannot use its store.",
    nb: "Knutepunktet starter eller stopper, eller kan ikke bruke lageret sitt.",
    nn: "Knutepunktet startar eller stoppar, eller kan ikkje bruke lageret sitt.",
};

const FAULT_PASSING: Text = Text {
    en: "Nothing is wrong with the message. Send it again after the time in Retry-After; sending twice does no harm.",
    nb: "Det er ikke noe galt med meldingen. Send på nytt etter tiden i Retry-After; å sende to ganger gjør ingen skade.",
    nn: "Det er ikkje noko gale med meldinga. Send på nytt etter tida i Retry-After; å sende to gonger gjer ingen skade.",
};

const STORAGE_FULL: Text = Text {
    en: "Nothing is wrong with the message. The operator must make room. Send it again after the time in Retry-After.",
    nb: "Det er ikke noe galt med meldingen. Driften må skaffe plass. Send på nytt etter tiden i Retry-After.",
    nn: "Det er ikkje noko gale med meldinga. Drifta må skaffe plass. Send på nytt etter tida i Retry-After.",
};

const FAULT_LASTING: Text = Text {
    en: "Nothing is wrong with the message. The operator must mend something first. Keep the message and send it again later.",
    nb: "Det er ikke noe galt med meldingen. Driften må rette noe først. Ta vare på meldingen og send den på nytt senere.",
    nn: "Det er ikkje noko gale med meldinga. Drifta må rette noko først. Ta vare på meldinga og send ho på nytt seinare.",
};
