//! The catalogue of rules for FHIR-native senders: one row each. Nothing of a message stands in them.

use super::rule::{IssueType, Rule};
use crate::domain::Text;

macro_rules! rules {
    ($($name:ident $id:literal $code:ident $source:literal
       { en: $en:literal, nb: $nb:literal, nn: $nn:literal }
       { en: $hint_en:literal, nb: $hint_nb:literal, nn: $hint_nn:literal })*) => {
        $(pub(super) static $name: Rule = Rule {
            id: $id,
            code: IssueType::$code,
            source: $source,
            what: Text { en: $en, nb: $nb, nn: $nn },
            hint: Text { en: $hint_en, nb: $hint_nb, nn: $hint_nn },
        };)*

        /// Every rule, in the order of numbers.
        pub fn all_rules() -> Vec<&'static Rule> {
            vec![$(&$name),*]
        }
    };
}

rules! {
    NO_MESSAGE "N-01" Required "FHIR R4, messaging.html" {
        en: "This is no message: a Bundle of type message begins with a MessageHeader", nb: "Dette er ingen melding: en Bundle av typen message begynner med en MessageHeader",
        nn: "Dette er inga melding: ein Bundle av typen message byrjar med ein MessageHeader"
    } {
        en: "Set Bundle.type to message and put a MessageHeader into the first entry", nb: "Sett Bundle.type til message og legg en MessageHeader i første entry",
        nn: "Set Bundle.type til message og legg ein MessageHeader i fyrste entry"
    }
    EVENT "N-02" NotSupported "HIS 80601, code list 8279" {
        en: "No message of this type can be made from FHIR", nb: "Det kan ikke lages noen melding av denne typen fra FHIR",
        nn: "Det kan ikkje lagast noka melding av denne typen frå FHIR"
    } {
        en: "Use a code of list 8279 that docs/native.md names in MessageHeader.eventCoding", nb: "Bruk en kode fra kodeverk 8279 som står i docs/native.md, i MessageHeader.eventCoding",
        nn: "Bruk ein kode frå kodeverk 8279 som står i docs/native.md, i MessageHeader.eventCoding"
    }
    MSG_ID "N-03" Value "HIS 80601 (MsgId is a UUID)" {
        en: "MessageHeader.id is no UUID, and it becomes the MsgId", nb: "MessageHeader.id er ingen UUID, og den blir MsgId",
        nn: "MessageHeader.id er ingen UUID, og han blir MsgId"
    } {
        en: "Give each new message a new UUID in MessageHeader.id", nb: "Gi hver ny melding en ny UUID i MessageHeader.id",
        nn: "Gi kvar ny melding ein ny UUID i MessageHeader.id"
    }
    TIMESTAMP "N-04" Required "HIS 80601 (GenDate)" {
        en: "Bundle.timestamp is missing", nb: "Bundle.timestamp mangler",
        nn: "Bundle.timestamp manglar"
    } {
        en: "Say when the message was made, with offset", nb: "Oppgi når meldingen ble laget, med tidssone",
        nn: "Gi opp når meldinga vart laga, med tidssone"
    }
    TIMESTAMP_FORM "N-05" Value "FHIR R4, datatypes.html#instant" {
        en: "Bundle.timestamp is no instant", nb: "Bundle.timestamp er ikke et tidspunkt med tidssone",
        nn: "Bundle.timestamp er ikkje eit tidspunkt med tidssone"
    } {
        en: "Write it as 2026-03-02T10:15:00+01:00", nb: "Skriv det som 2026-03-02T10:15:00+01:00",
        nn: "Skriv det som 2026-03-02T10:15:00+01:00"
    }
    SENDER "N-06" Required "HIS 1153-2" {
        en: "The sender is not given with a HER-id", nb: "Avsenderen er ikke oppgitt med HER-id",
        nn: "Avsendaren er ikkje gitt opp med HER-id"
    } {
        en: "Let MessageHeader.sender refer to an Organization or PractitionerRole with an identifier of system urn:oid:2.16.578.1.12.4.1.2", nb: "La MessageHeader.sender vise til en Organization eller PractitionerRole med en identifier med system urn:oid:2.16.578.1.12.4.1.2",
        nn: "Lat MessageHeader.sender vise til ein Organization eller PractitionerRole med ein identifier med system urn:oid:2.16.578.1.12.4.1.2"
    }
    RECEIVER "N-07" Required "HIS 1153-2" {
        en: "The receiver is not given with a HER-id", nb: "Mottakeren er ikke oppgitt med HER-id",
        nn: "Mottakaren er ikkje gitt opp med HER-id"
    } {
        en: "Let MessageHeader.destination.receiver refer to an Organization or PractitionerRole with an identifier of system urn:oid:2.16.578.1.12.4.1.2", nb: "La MessageHeader.destination.receiver vise til en Organization eller PractitionerRole med en identifier med system urn:oid:2.16.578.1.12.4.1.2",
        nn: "Lat MessageHeader.destination.receiver vise til ein Organization eller PractitionerRole med ein identifier med system urn:oid:2.16.578.1.12.4.1.2"
    }
    HER_ID "N-08" Value "HIS 1153-2" {
        en: "This is no HER-id", nb: "Dette er ingen HER-id",
        nn: "Dette er ingen HER-id"
    } {
        en: "A HER-id is a number of at most nine digits", nb: "En HER-id er et tall med høyst ni sifre",
        nn: "Ein HER-id er eit tal med høgst ni siffer"
    }
    ADDRESS "N-09" NotFound "HIS 1153-2" {
        en: "The address register does not know this HER-id", nb: "Adresseregisteret kjenner ikke denne HER-id-en",
        nn: "Adresseregisteret kjenner ikkje denne HER-id-en"
    } {
        en: "Check the HER-id; services are closed down and get new ones", nb: "Kontroller HER-id-en; tjenester legges ned og får nye",
        nn: "Kontroller HER-id-en; tenester blir lagde ned og får nye"
    }
    OUTER "N-10" BusinessRule "HIS 1153-2" {
        en: "The organisation around it is another than in the address register", nb: "Virksomheten rundt er en annen enn i adresseregisteret",
        nn: "Verksemda rundt er ei anna enn i adresseregisteret"
    } {
        en: "Leave the outer organisation out, or correct its HER-id", nb: "Utelat virksomheten rundt, eller rett HER-id-en dens",
        nn: "Utelat verksemda rundt, eller rett HER-id-en hennar"
    }
    LEVEL "N-11" BusinessRule "HIS 1153-2 (both levels)" {
        en: "This is an organisation as a whole; messages go from and to its services and persons", nb: "Dette er en hel virksomhet; meldinger går mellom tjenester og personer i den",
        nn: "Dette er ei heil verksemd; meldingar går mellom tenester og personar i ho"
    } {
        en: "Use the HER-id of the service or the person", nb: "Bruk HER-id-en til tjenesten eller personen",
        nn: "Bruk HER-id-en til tenesta eller personen"
    }
    PATIENT "N-12" Required "HIS 80601; rule R-030" {
        en: "There is no patient, and no earlier message to take the patient from", nb: "Det er ingen pasient, og ingen tidligere melding å ta pasienten fra",
        nn: "Det er ingen pasient, og inga tidlegare melding å ta pasienten frå"
    } {
        en: "Put a Patient with identifier and name into the Bundle", nb: "Legg en Patient med identifier og navn i Bundle",
        nn: "Legg ein Patient med identifier og namn i Bundle"
    }
    PATIENT_ID "N-13" Required "rule R-033" {
        en: "The patient has no identifier", nb: "Pasienten har ingen identifier",
        nn: "Pasienten har ingen identifier"
    } {
        en: "Give the national identity number, D-number or common help number in Patient.identifier", nb: "Oppgi fødselsnummer, D-nummer eller felles hjelpenummer i Patient.identifier",
        nn: "Gi opp fødselsnummer, D-nummer eller felles hjelpenummer i Patient.identifier"
    }
    IDENTIFIER "N-14" CodeInvalid "code lists 8116 and 9051" {
        en: "It is not said what kind of identifier this is", nb: "Det er ikke sagt hva slags identifikator dette er",
        nn: "Det er ikkje sagt kva slags identifikator dette er"
    } {
        en: "Use one of the systems in docs/native.md, or say it in identifier.type with a code of 8116 or 9051", nb: "Bruk et av systemene i docs/native.md, eller si det i identifier.type med en kode fra 8116 eller 9051",
        nn: "Bruk eit av systema i docs/native.md, eller sei det i identifier.type med ein kode frå 8116 eller 9051"
    }
    PATIENT_NAME "N-15" Required "rule R-032" {
        en: "The patient has no full name, and the earlier message is about nobody with this number", nb: "Pasienten har ikke fullt navn, og den tidligere meldingen gjelder ingen med dette nummeret",
        nn: "Pasienten har ikkje fullt namn, og den tidlegare meldinga gjeld ingen med dette nummeret"
    } {
        en: "Give family and given name", nb: "Oppgi etternavn og fornavn",
        nn: "Gi opp etternamn og fornamn"
    }
    OTHER_PATIENT "N-16" BusinessRule "rule R-089" {
        en: "The patient is another than in the message that this one belongs to", nb: "Pasienten er en annen enn i meldingen som denne hører til",
        nn: "Pasienten er ein annan enn i meldinga som denne høyrer til"
    } {
        en: "Check the patient's identifier, and which message is answered", nb: "Kontroller pasientens identifier, og hvilken melding det svares på",
        nn: "Kontroller identifier til pasienten, og kva melding det blir svart på"
    }
    PATIENT_NUMBER "N-17" Value "HIS 1001; rules R-048 to R-051" {
        en: "This is no valid number of a person: the day, the month or a check digit is wrong", nb: "Dette er ikke et gyldig nummer: dagen, måneden eller et kontrollsiffer er feil",
        nn: "Dette er ikkje eit gyldig nummer: dagen, månaden eller eit kontrollsiffer er feil"
    } {
        en: "Check the digits, and that the system is that of the number", nb: "Kontroller sifrene, og at system er det som hører til nummeret",
        nn: "Kontroller sifra, og at system er det som høyrer til nummeret"
    }
    ROOT "N-20" Required "docs/native.md" {
        en: "The resource that holds the message is missing", nb: "Ressursen som bærer meldingen, mangler",
        nn: "Ressursen som ber meldinga, manglar"
    } {
        en: "Put it into the Bundle and name it in MessageHeader.focus", nb: "Legg den i Bundle og nevn den i MessageHeader.focus",
        nn: "Legg han i Bundle og nemn han i MessageHeader.focus"
    }
    ONE_ROOT "N-21" BusinessRule "rule R-119" {
        en: "A message of this type holds one of these", nb: "En melding av denne typen har én av disse",
        nn: "Ei melding av denne typen har éin av desse"
    } {
        en: "Send each in a message of its own", nb: "Send hver i sin egen melding",
        nn: "Send kvar i si eiga melding"
    }
    TEXT "N-22" Required "HIS 80603; rules R-121 and R-122" {
        en: "There is no text", nb: "Det er ingen tekst",
        nn: "Det er ingen tekst"
    } {
        en: "Write what is to be said in payload.contentString", nb: "Skriv det som skal sies, i payload.contentString",
        nn: "Skriv det som skal seiast, i payload.contentString"
    }
    TOPIC "N-23" Required "HIS 1077; rule R-129" {
        en: "A clinical dialogue has a topic", nb: "En helsefaglig dialog har et tema",
        nn: "Ein helsefagleg dialog har eit tema"
    } {
        en: "Write it in Communication.topic.text, and keep it through the dialogue", nb: "Skriv det i Communication.topic.text, og behold det gjennom dialogen",
        nn: "Skriv det i Communication.topic.text, og hald på det gjennom dialogen"
    }
    CODE "N-24" CodeInvalid "code lists as in docs/native.md" {
        en: "The code is not in the list that this element takes its codes from", nb: "Koden er ikke i kodeverket som dette elementet tar koder fra",
        nn: "Koden er ikkje i kodeverket som dette elementet tek kodar frå"
    } {
        en: "Use a code of one of the lists in docs/native.md, or leave it out where there is a default", nb: "Bruk en kode fra et av kodeverkene i docs/native.md, eller utelat den der det er en standardverdi",
        nn: "Bruk ein kode frå eit av kodeverka i docs/native.md, eller utelat han der det er ein standardverdi"
    }
    PROFESSION "N-25" Required "HIS 1077; rule R-131" {
        en: "It is not said which profession at the receiver the message is for", nb: "Det er ikke sagt hvilken profesjon hos mottakeren meldingen er til",
        nn: "Det er ikkje sagt kva profesjon hos mottakaren meldinga er til"
    } {
        en: "Let Communication.recipient refer to a PractitionerRole without identifier, with a code of 9060", nb: "La Communication.recipient vise til en PractitionerRole uten identifier, med en kode fra 9060",
        nn: "Lat Communication.recipient vise til ein PractitionerRole utan identifier, med ein kode frå 9060"
    }
    RESPONSIBLE "N-26" Required "HIS 1077; rules R-130 and R-155" {
        en: "Nobody is named who can be called", nb: "Ingen er oppgitt som kan ringes",
        nn: "Ingen er gitt opp som kan ringast"
    } {
        en: "Give a PractitionerRole with name and telephone as author or sender, or an Organization with telephone", nb: "Oppgi en PractitionerRole med navn og telefon som forfatter eller avsender, eller en Organization med telefon",
        nn: "Gi opp ein PractitionerRole med namn og telefon som forfattar eller avsendar, eller ein Organization med telefon"
    }
    PERSON_NAME "N-27" Required "HIS 80603; HIS 80704" {
        en: "This person has no name", nb: "Denne personen har ikke navn",
        nn: "Denne personen har ikkje namn"
    } {
        en: "Give family and given name", nb: "Oppgi etternavn og fornavn",
        nn: "Gi opp etternamn og fornamn"
    }
    PHONE "N-28" Required "HIS 1077; rules R-130 and R-155" {
        en: "There is no telephone number", nb: "Det er ikke noe telefonnummer",
        nn: "Det er ikkje noko telefonnummer"
    } {
        en: "Give one in telecom, of system phone", nb: "Oppgi et i telecom, med system phone",
        nn: "Gi opp eit i telecom, med system phone"
    }
    PERSON_ID "N-29" Required "felleskomponent1 v1.1; rule R-045" {
        en: "A professional in this message has an identifier", nb: "Helsepersonell i denne meldingen har en identifikator",
        nn: "Helsepersonell i denne meldinga har ein identifikator"
    } {
        en: "Give the HPR number in Practitioner.identifier", nb: "Oppgi HPR-nummer i Practitioner.identifier",
        nn: "Gi opp HPR-nummer i Practitioner.identifier"
    }
    DAY "N-30" Value "XML Schema, xs:date" {
        en: "A whole day is wanted", nb: "Det må være en hel dato",
        nn: "Det må vere ein heil dato"
    } {
        en: "Write it as 2026-03-02", nb: "Skriv den som 2026-03-02",
        nn: "Skriv han som 2026-03-02"
    }
    OWN_PROFESSION "N-31" Required "HIS 80704; rule R-082" {
        en: "It is not said which profession this person has", nb: "Det er ikke sagt hvilken profesjon denne personen har",
        nn: "Det er ikkje sagt kva profesjon denne personen har"
    } {
        en: "Give a code of 9060 in PractitionerRole.code or Practitioner.qualification", nb: "Oppgi en kode fra 9060 i PractitionerRole.code eller Practitioner.qualification",
        nn: "Gi opp ein kode frå 9060 i PractitionerRole.code eller Practitioner.qualification"
    }
    REFERENCE "N-32" NotFound "FHIR R4, bundle.html#references" {
        en: "Nothing in the Bundle has this address", nb: "Ingenting i Bundle har denne adressen",
        nn: "Ingenting i Bundle har denne adressa"
    } {
        en: "Let the reference be the fullUrl of an entry", nb: "La referansen være fullUrl til en entry",
        nn: "Lat referansen vere fullUrl til ein entry"
    }
    STATUS "N-33" BusinessRule "FHIR R4, the resource's status" {
        en: "What has this status is not sent", nb: "Det som har denne statusen, sendes ikke",
        nn: "Det som har denne statusen, blir ikkje sendt"
    } {
        en: "Send it when it is finished; a message that went out is cancelled by another message", nb: "Send det når det er ferdig; en sendt melding kanselleres med en ny melding",
        nn: "Send det når det er ferdig; ei send melding blir kansellert med ei ny melding"
    }
    EARLIER_WANTED "N-40" Required "HITS 1218; rules R-085 and R-086" {
        en: "It is not said which message this one belongs to", nb: "Det er ikke sagt hvilken melding denne hører til",
        nn: "Det er ikkje sagt kva melding denne høyrer til"
    } {
        en: "Refer to it with identifier urn:uuid:<MsgId>: inResponseTo, basedOn, about, relatesTo or replaces", nb: "Vis til den med identifier urn:uuid:<MsgId>: inResponseTo, basedOn, about, relatesTo eller replaces",
        nn: "Vis til ho med identifier urn:uuid:<MsgId>: inResponseTo, basedOn, about, relatesTo eller replaces"
    }
    EARLIER "N-41" NotFound "HITS 1218; rule R-088" {
        en: "The message that is referred to is not known here", nb: "Meldingen det vises til, er ikke kjent her",
        nn: "Meldinga det blir vist til, er ikkje kjend her"
    } {
        en: "Check the MsgId; only messages that went through this gateway are known", nb: "Kontroller MsgId; bare meldinger som har gått gjennom denne løsningen, er kjent",
        nn: "Kontroller MsgId; berre meldingar som har gått gjennom denne løysinga, er kjende"
    }
    EARLIER_KIND "N-42" BusinessRule "HIS 1152; HITS 1218" {
        en: "The message that is referred to is of a type that this one does not answer", nb: "Meldingen det vises til, er av en type som denne ikke svarer på",
        nn: "Meldinga det blir vist til, er av ein type som denne ikkje svarar på"
    } {
        en: "Check which message is answered, or use another event", nb: "Kontroller hvilken melding det svares på, eller bruk en annen hendelse",
        nn: "Kontroller kva melding det blir svart på, eller bruk ei anna hending"
    }
    EARLIER_PARTY "N-43" BusinessRule "HITS 1218; HIS 1151" {
        en: "The receiver is not the sender of the message that is answered", nb: "Mottakeren er ikke avsenderen av meldingen det svares på",
        nn: "Mottakaren er ikkje avsendaren av meldinga det blir svart på"
    } {
        en: "Send it to the sender of that message", nb: "Send den til avsenderen av den meldingen",
        nn: "Send ho til avsendaren av den meldinga"
    }
    SEVERAL_EARLIER "N-44" BusinessRule "HIS 80601 (ConversationRef)" {
        en: "Several messages are referred to, and a message belongs to one", nb: "Det vises til flere meldinger, og en melding hører til én",
        nn: "Det blir vist til fleire meldingar, og ei melding høyrer til éi"
    } {
        en: "Refer to one", nb: "Vis til én",
        nn: "Vis til éi"
    }
    WHICH_QUESTION "N-45" Required "rule R-144" {
        en: "The message asked several questions, and it is not said which one is answered", nb: "Meldingen stilte flere spørsmål, og det er ikke sagt hvilket som besvares",
        nn: "Meldinga stilte fleire spørsmål, og det er ikkje sagt kva for eitt som blir svart på"
    } {
        en: "Let basedOn have the identifier of the question (DokIdForesp) in a CommunicationRequest", nb: "La basedOn ha identifikatoren til spørsmålet (DokIdForesp) i en CommunicationRequest",
        nn: "Lat basedOn ha identifikatoren til spørsmålet (DokIdForesp) i ein CommunicationRequest"
    }
    ATTACHMENT_TYPE "N-50" NotSupported "HIS 1077; HITS 1228; rule R-184" {
        en: "Attachments of this type are not sent", nb: "Vedlegg av denne typen sendes ikke",
        nn: "Vedlegg av denne typen blir ikkje sende"
    } {
        en: "Make it PDF (PDF/A), JPEG or PNG", nb: "Gjør det om til PDF (PDF/A), JPEG eller PNG",
        nn: "Gjer det om til PDF (PDF/A), JPEG eller PNG"
    }
    ATTACHMENT_DATA "N-51" Required "HIS 80601 (Base64Container)" {
        en: "The attachment has no content here", nb: "Vedlegget har ikke noe innhold her",
        nn: "Vedlegget har ikkje noko innhald her"
    } {
        en: "Put it into attachment.data, or into a Binary in the Bundle", nb: "Legg det i attachment.data, eller i en Binary i Bundle",
        nn: "Legg det i attachment.data, eller i ein Binary i Bundle"
    }
    ATTACHMENT_FORM "N-52" Value "FHIR R4, datatypes.html#base64Binary" {
        en: "The content of the attachment is no base64", nb: "Innholdet i vedlegget er ikke base64",
        nn: "Innhaldet i vedlegget er ikkje base64"
    } {
        en: "Encode its bytes as base64", nb: "Kod bytene som base64",
        nn: "Kod bytane som base64"
    }
    ATTACHMENT_CONTENT "N-53" Value "rule R-185" {
        en: "The attachment is of another type than it says", nb: "Vedlegget er av en annen type enn det sier",
        nn: "Vedlegget er av ein annan type enn det seier"
    } {
        en: "Correct contentType, or attach the right file", nb: "Rett contentType, eller legg ved riktig fil",
        nn: "Rett contentType, eller legg ved rett fil"
    }
    SERVICE "N-60" Required "HIS 80704, 12.2" {
        en: "There is no service to tell of", nb: "Det er ingen tjeneste å orientere om",
        nn: "Det er inga teneste å orientere om"
    } {
        en: "Put a ServiceRequest for each service into the Bundle, or name them in CarePlan.activity.detail", nb: "Legg en ServiceRequest for hver tjeneste i Bundle, eller nevn dem i CarePlan.activity.detail",
        nn: "Legg ein ServiceRequest for kvar teneste i Bundle, eller nemn dei i CarePlan.activity.detail"
    }
    SERVICE_NAME "N-61" Required "HIS 80704, 12.2.2; rule R-148" {
        en: "The service has neither a code nor a name", nb: "Tjenesten har verken kode eller navn",
        nn: "Tenesta har verken kode eller namn"
    } {
        en: "Give code.text, or a coding of list 9151", nb: "Oppgi code.text, eller en kode fra kodeverk 9151",
        nn: "Gi opp code.text, eller ein kode frå kodeverk 9151"
    }
    PROVIDER "N-62" Required "HIS 80704, 12.2.2; rule R-177" {
        en: "It is not said who provides the service", nb: "Det er ikke sagt hvem som leverer tjenesten",
        nn: "Det er ikkje sagt kven som leverer tenesta"
    } {
        en: "Name the unit in performer", nb: "Nevn enheten i performer",
        nn: "Nemn eininga i performer"
    }
    NOT_TRUE "N-63" BusinessRule "FHIR R4, condition verification" {
        en: "What is refuted or was entered in error is not sent", nb: "Det som er avkreftet eller ført ved en feil, sendes ikke",
        nn: "Det som er avkrefta eller ført ved ein feil, blir ikkje sendt"
    } {
        en: "Leave it out", nb: "Utelat det",
        nn: "Utelat det"
    }
    NAME_OF_IT "N-64" Required "HIS 80704" {
        en: "It is not said what it is: there is no text for it", nb: "Det er ikke sagt hva det er: det er ingen tekst",
        nn: "Det er ikkje sagt kva det er: det er ingen tekst"
    } {
        en: "Give code.text, or a coding with display", nb: "Oppgi code.text, eller en coding med display",
        nn: "Gi opp code.text, eller ein coding med display"
    }
    KIND_OF_CONTENT "N-65" Required "HIS 80704, code list 9140" {
        en: "It is not said what kind of health information this is", nb: "Det er ikke sagt hva slags helseopplysninger dette er",
        nn: "Det er ikkje sagt kva slags helseopplysningar dette er"
    } {
        en: "Give Composition.category with 1 (notice of admission) or 2 (updated information) of 9140", nb: "Oppgi Composition.category med 1 (varsel om innlagt pasient) eller 2 (oppdaterte opplysninger) fra 9140",
        nn: "Gi opp Composition.category med 1 (varsel om innlagd pasient) eller 2 (oppdaterte opplysningar) frå 9140"
    }
    STAY "N-66" Required "HIS 80704, 13.2.7" {
        en: "Nothing is said of the stay", nb: "Det er ikke sagt noe om oppholdet",
        nn: "Det er ikkje sagt noko om opphaldet"
    } {
        en: "Put an Encounter with period.start or the extension expected-ready into the Bundle", nb: "Legg en Encounter med period.start eller utvidelsen expected-ready i Bundle",
        nn: "Legg ein Encounter med period.start eller utvidinga expected-ready i Bundle"
    }
    CHANGED "N-67" BusinessRule "HIS 80704; rule R-091" {
        en: "A message of this type is new or a cancellation, never a change", nb: "En melding av denne typen er ny eller en kansellering, aldri en endring",
        nn: "Ei melding av denne typen er ny eller ei kansellering, aldri ei endring"
    } {
        en: "Cancel the earlier one, or send a new one", nb: "Kanseller den tidligere, eller send en ny",
        nn: "Kanseller den tidlegare, eller send ei ny"
    }
    START "N-68" Required "HIS 80704, 12.2.2; rule R-149" {
        en: "The service has no day on which it begins", nb: "Tjenesten har ingen dato den begynner",
        nn: "Tenesta har ingen dato ho byrjar"
    } {
        en: "Give occurrencePeriod.start", nb: "Oppgi occurrencePeriod.start",
        nn: "Gi opp occurrencePeriod.start"
    }
    INFORMATION "N-69" Required "HIS 80704, 6.2.4" {
        en: "Information that was given has a receiver, a day and a giver", nb: "Informasjon som er gitt, har mottaker, dato og avgiver",
        nn: "Informasjon som er gitt, har mottakar, dato og avgivar"
    } {
        en: "Give recipient (RelatedPerson or Patient), sent and sender (PractitionerRole)", nb: "Oppgi recipient (RelatedPerson eller Patient), sent og sender (PractitionerRole)",
        nn: "Gi opp recipient (RelatedPerson eller Patient), sent og sender (PractitionerRole)"
    }
    EXPECTED "N-70" Required "HIS 80704; rule R-173" {
        en: "The state of the patient, the expected course or the expected day is missing", nb: "Pasientens status, antatt forløp eller forventet dato mangler",
        nn: "Status for pasienten, venta forløp eller venta dato manglar"
    } {
        en: "Give sections with codes 1 and 2 of 9145, and the extension expected-ready on the Encounter", nb: "Oppgi seksjoner med kodene 1 og 2 fra 9145, og utvidelsen expected-ready på Encounter",
        nn: "Gi opp seksjonar med kodane 1 og 2 frå 9145, og utvidinga expected-ready på Encounter"
    }
    RESERVATION "N-71" Required "HIS 80704, 6.2.11" {
        en: "A reservation says what it is about, who made it and when", nb: "En reservasjon sier hva den gjelder, hvem som har framsatt den og når",
        nn: "Ein reservasjon seier kva han gjeld, kven som har sett han fram og når"
    } {
        en: "Give policyRule.text, performer and dateTime", nb: "Oppgi policyRule.text, performer og dateTime",
        nn: "Gi opp policyRule.text, performer og dateTime"
    }
    PERIOD "N-72" BusinessRule "HIS 80704, 12.2.2; rule R-149" {
        en: "It ends before it begins", nb: "Den slutter før den begynner",
        nn: "Ho sluttar før ho byrjar"
    } {
        en: "Check the two days", nb: "Kontroller de to datoene",
        nn: "Kontroller dei to datoane"
    }
    RESPONSE "N-80" Required "HIS 80415" {
        en: "A receipt says which message it is for", nb: "En kvittering sier hvilken melding den gjelder",
        nn: "Ei kvittering seier kva melding ho gjeld"
    } {
        en: "Put the MsgId into MessageHeader.response.identifier", nb: "Legg MsgId i MessageHeader.response.identifier",
        nn: "Legg MsgId i MessageHeader.response.identifier"
    }
    RESPONSE_CODE "N-81" NotSupported "HIS 80415, code list 8258" {
        en: "A receipt says ok or fatal-error; what may still succeed is no receipt yet", nb: "En kvittering sier ok eller fatal-error; det som fortsatt kan lykkes, er ingen kvittering ennå",
        nn: "Ei kvittering seier ok eller fatal-error; det som framleis kan lukkast, er inga kvittering enno"
    } {
        en: "Try again, and send the receipt when it is certain", nb: "Prøv igjen, og send kvitteringen når det er sikkert",
        nn: "Prøv igjen, og send kvitteringa når det er sikkert"
    }
    ERROR "N-82" Required "HIS 80415, tests 25 to 27; rule R-103" {
        en: "A refusal says why", nb: "En avvisning sier hvorfor",
        nn: "Ei avvising seier kvifor"
    } {
        en: "Let response.details refer to an OperationOutcome with an issue", nb: "La response.details vise til en OperationOutcome med en issue",
        nn: "Lat response.details vise til ein OperationOutcome med ein issue"
    }
    ANSWERER "N-84" BusinessRule "HIS 80415; rule R-109" {
        en: "The sender of the receipt did not receive the message", nb: "Avsenderen av kvitteringen har ikke mottatt meldingen",
        nn: "Avsendaren av kvitteringa har ikkje motteke meldinga"
    } {
        en: "Send the receipt from the party that the message went to", nb: "Send kvitteringen fra parten som meldingen gikk til",
        nn: "Send kvitteringa frå parten som meldinga gjekk til"
    }
    RULES "N-90" BusinessRule "docs/rules.md, outgoing messages" {
        en: "The message would break a rule for messages that are sent", nb: "Meldingen ville bryte en regel for meldinger som sendes",
        nn: "Meldinga ville bryte ein regel for meldingar som blir sende"
    } {
        en: "Correct what the rule is about", nb: "Rett det regelen gjelder",
        nn: "Rett det regelen gjeld"
    }
    UNUSED "N-91" Incomplete "docs/native.md" {
        en: "This has no place in the message and was left out", nb: "Dette har ingen plass i meldingen og ble utelatt",
        nn: "Dette har ingen plass i meldinga og vart utelate"
    } {
        en: "Nothing, if the receiver need not know it; else say it in the text", nb: "Ingenting, hvis mottakeren ikke trenger å vite det; ellers si det i teksten",
        nn: "Ingenting, dersom mottakaren ikkje treng å vite det; elles sei det i teksten"
    }
    APPENDED "N-92" Incomplete "docs/native.md" {
        en: "This has no place of its own in the message and was added to its text", nb: "Dette har ingen egen plass i meldingen og ble lagt til i teksten",
        nn: "Dette har ingen eigen plass i meldinga og vart lagt til i teksten"
    } {
        en: "Nothing", nb: "Ingenting",
        nn: "Ingenting"
    }
}
