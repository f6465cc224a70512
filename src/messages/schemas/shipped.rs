//! The schemas of the project, compiled into the binary, and how an operator adds more.

use crate::schema::{SchemaFile, SchemaSet, SchemaTrouble};
use std::sync::{Arc, LazyLock};

/// Name and bytes of every file; `schemas/README.md` says where each comes from.
pub static FILES: &[(&str, &[u8])] = &[
    ("apprec/1.0/apprec-1.0.xsd", include_bytes!("../../../schemas/apprec/1.0/apprec-1.0.xsd")),
    ("apprec/1.1/apprec-1.1.xsd", include_bytes!("../../../schemas/apprec/1.1/apprec-1.1.xsd")),
    (
        "components/base64container/1.0/base64container.xsd",
        include_bytes!("../../../schemas/components/base64container/1.0/base64container.xsd"),
    ),
    ("components/epj/2008-02-20/cave.xsd", include_bytes!("../../../schemas/components/epj/2008-02-20/cave.xsd")),
    ("components/epj/2008-02-20/ekstrakt.xsd", include_bytes!("../../../schemas/components/epj/2008-02-20/ekstrakt.xsd")),
    (
        "components/epj/2008-02-20/journalnotat.xsd",
        include_bytes!("../../../schemas/components/epj/2008-02-20/journalnotat.xsd"),
    ),
    (
        "components/epj/2008-02-20/legemiddel.xsd",
        include_bytes!("../../../schemas/components/epj/2008-02-20/legemiddel.xsd"),
    ),
    ("components/epj/2008-02-20/meta.xsd", include_bytes!("../../../schemas/components/epj/2008-02-20/meta.xsd")),
    (
        "components/epj/2008-02-20/tilleggsinfo.xsd",
        include_bytes!("../../../schemas/components/epj/2008-02-20/tilleggsinfo.xsd"),
    ),
    (
        "components/felleskomponent1/1.1/felleskomponent1.xsd",
        include_bytes!("../../../schemas/components/felleskomponent1/1.1/felleskomponent1.xsd"),
    ),
    ("components/kith/2007-01-11/kith.xsd", include_bytes!("../../../schemas/components/kith/2007-01-11/kith.xsd")),
    (
        "components/xmldsig/2002-02-12/xmldsig.xsd",
        include_bytes!("../../../schemas/components/xmldsig/2002-02-12/xmldsig.xsd"),
    ),
    ("dialogmelding/1.0/dialogmelding-1.0.xsd", include_bytes!("../../../schemas/dialogmelding/1.0/dialogmelding-1.0.xsd")),
    ("dialogmelding/1.1/dialogmelding-1.1.xsd", include_bytes!("../../../schemas/dialogmelding/1.1/dialogmelding-1.1.xsd")),
    ("msghead/1.2/msghead.xsd", include_bytes!("../../../schemas/msghead/1.2/msghead.xsd")),
    ("plo/1.5/fravarsmelding-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/fravarsmelding-1.5.xsd")),
    ("plo/1.5/helseopplysninger-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/helseopplysninger-1.5.xsd")),
    (
        "plo/1.5/helseopplysninger-til-lege-1.5.xsd",
        include_bytes!("../../../schemas/plo/1.5/helseopplysninger-til-lege-1.5.xsd"),
    ),
    ("plo/1.5/innleggelsesrapport-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/innleggelsesrapport-1.5.xsd")),
    ("plo/1.5/medisinske-opplysninger-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/medisinske-opplysninger-1.5.xsd")),
    (
        "plo/1.5/orientering-om-tjenestetilbud-1.5.xsd",
        include_bytes!("../../../schemas/plo/1.5/orientering-om-tjenestetilbud-1.5.xsd"),
    ),
    ("plo/1.5/pasientlogistikk-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/pasientlogistikk-1.5.xsd")),
    ("plo/1.5/pokomponent-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/pokomponent-1.5.xsd")),
    ("plo/1.5/utskrivningsrapport-1.5.xsd", include_bytes!("../../../schemas/plo/1.5/utskrivningsrapport-1.5.xsd")),
    ("plo/1.6/helseopplysninger-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/helseopplysninger-1.6.xsd")),
    (
        "plo/1.6/helseopplysninger-til-lege-1.6.xsd",
        include_bytes!("../../../schemas/plo/1.6/helseopplysninger-til-lege-1.6.xsd"),
    ),
    ("plo/1.6/innleggelsesrapport-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/innleggelsesrapport-1.6.xsd")),
    ("plo/1.6/medisinske-opplysninger-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/medisinske-opplysninger-1.6.xsd")),
    (
        "plo/1.6/orientering-om-tjenestetilbud-1.6.xsd",
        include_bytes!("../../../schemas/plo/1.6/orientering-om-tjenestetilbud-1.6.xsd"),
    ),
    ("plo/1.6/pasientlogistikk-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/pasientlogistikk-1.6.xsd")),
    ("plo/1.6/pokomponent-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/pokomponent-1.6.xsd")),
    ("plo/1.6/utskrivningsrapport-1.6.xsd", include_bytes!("../../../schemas/plo/1.6/utskrivningsrapport-1.6.xsd")),
    (
        "plo/2.0/helseopplysninger-saksbehandling-2.0.xsd",
        include_bytes!("../../../schemas/plo/2.0/helseopplysninger-saksbehandling-2.0.xsd"),
    ),
    ("plo/2.0/pasientlogistikk-2.0.xsd", include_bytes!("../../../schemas/plo/2.0/pasientlogistikk-2.0.xsd")),
    ("plo/2.0/pokomponent-2.0.xsd", include_bytes!("../../../schemas/plo/2.0/pokomponent-2.0.xsd")),
    ("plo/2.0/sammenfatning-2.0.xsd", include_bytes!("../../../schemas/plo/2.0/sammenfatning-2.0.xsd")),
];

/// The schemas of the project.
pub fn shipped() -> Arc<SchemaSet> {
    static SHIPPED: LazyLock<Arc<SchemaSet>> = LazyLock::new(|| {
        let set = with(&[]).unwrap_or_else(|troubles| panic!("the schemas that we ship do not compile: {troubles:?}"));
        Arc::new(set)
    });
    Arc::clone(&SHIPPED)
}

/// The schemas of the project with further files. Where both know a namespace, all of it is taken from the further files.
pub fn with(further: &[SchemaFile<'_>]) -> Result<SchemaSet, Vec<SchemaTrouble>> {
    let own = FILES.iter().map(|(name, bytes)| SchemaFile { name, bytes });
    let theirs: Vec<_> = further.iter().filter_map(SchemaFile::target_namespace).collect();
    let own = own.filter(|file| file.target_namespace().is_none_or(|namespace| !theirs.contains(&namespace)));
    let all: Vec<SchemaFile<'_>> =
        own.chain(further.iter().map(|file| SchemaFile { name: file.name, bytes: file.bytes })).collect();
    SchemaSet::compile(&all)
}
