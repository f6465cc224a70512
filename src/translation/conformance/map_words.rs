//! Between which code systems each map of `mappings/codes.map` leads.

/// A map, its national list or system, and the system in FHIR.
pub(super) const ENDS: &[(&str, &str, &str)] = &[
    ("ack-7304", "urn:oid:2.16.578.1.12.4.1.1.7304", "http://hl7.org/fhir/messageheader-response-request"),
    ("address-type", "urn:oid:2.16.578.1.12.4.1.1.3401", "http://hl7.org/fhir/address-type"),
    ("address-use", "urn:oid:2.16.578.1.12.4.1.1.3401", "http://hl7.org/fhir/address-use"),
    (
        "administration-status-9083",
        "urn:oid:2.16.578.1.12.4.1.1.9083",
        "http://terminology.hl7.org/CodeSystem/medication-admin-status",
    ),
    ("apprec-issue-8221", "urn:oid:2.16.578.1.12.4.1.1.8221", "http://hl7.org/fhir/issue-type"),
    ("apprec-severity-8258", "urn:oid:2.16.578.1.12.4.1.1.8258", "http://hl7.org/fhir/issue-severity"),
    ("apprec-status-8258", "urn:oid:2.16.578.1.12.4.1.1.8258", "http://hl7.org/fhir/response-code"),
    ("composition-status-7309", "urn:oid:2.16.578.1.12.4.1.1.7309", "http://hl7.org/fhir/composition-status"),
    ("device-use-8230", "urn:oid:2.16.578.1.12.4.1.1.8230", "http://hl7.org/fhir/device-statement-status"),
    ("ident-system", "urn:oid:2.16.578.1.12.4.1.1.8116", "urn:ietf:rfc:3986"),
    ("priority-9067", "urn:oid:2.16.578.1.12.4.1.1.9067", "http://hl7.org/fhir/request-priority"),
    ("sent-document", "http://terminology.hl7.org/CodeSystem/special-values", "http://hl7.org/fhir/event-status"),
    ("sex", "urn:oid:2.16.578.1.12.4.1.1.3101", "http://hl7.org/fhir/administrative-gender"),
    (
        "statement-status-9104",
        "urn:oid:2.16.578.1.12.4.1.1.9104",
        "http://hl7.org/fhir/CodeSystem/medication-statement-status",
    ),
    ("telecom-use", "urn:oid:2.16.578.1.12.4.1.1.9061", "http://hl7.org/fhir/contact-point-use"),
    ("weekday-9082", "urn:oid:2.16.578.1.12.4.1.1.9082", "http://hl7.org/fhir/days-of-week"),
];
