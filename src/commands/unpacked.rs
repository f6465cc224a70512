//! The message in a file of either form: XML as it is, or what a Bundle becomes at the FHIR door.

use crate::config::Installation;
use crate::domain::{Fault, HerId, PartnerName};
use crate::fhir;
use crate::gateway::{FromBundle, Unpacking};
use crate::routing::Standing;
use crate::store::Store;
use crate::translation::forms::is_bundle;
use crate::translation::native::wanted;
use bytes::Bytes;

/// The message that would be taken in. `from` is who brings it; the owner of its sender when nobody is named. Messages that it refers to
/// are looked up where there is a log.
pub(super) async fn message_in(
    bytes: Vec<u8>,
    from: Option<&PartnerName>,
    installation: &Installation,
) -> Result<FromBundle, Fault> {
    if !is_bundle(&bytes) {
        return Ok(FromBundle::Message(Bytes::from(bytes), Vec::new()));
    }
    let partner = from.cloned().or_else(|| owner(&bytes, installation));
    let store = Store::open_beside(&installation.store())?;
    let unpacking = match Unpacking::begin(&bytes) {
        Ok(unpacking) => unpacking,
        Err(findings) => return Ok(FromBundle::NoMessage(findings)),
    };
    let mut recalled = Vec::new();
    if let (Some(store), Some(partner)) = (&store, &partner) {
        for id in unpacking.refers_to() {
            let bytes = store.known_to(partner, &id).await?;
            recalled.extend(bytes.map(|bytes| (id, bytes)));
        }
    }
    Ok(unpacking.finish(&installation.directory, partner.as_ref(), &recalled))
}

/// The partner that owns the first HER-id of a Bundle, which is its sender's.
fn owner(bytes: &[u8], installation: &Installation) -> Option<PartnerName> {
    let bundle = fhir::read(bytes, &fhir::Limits::default()).ok()?;
    let sender: HerId = *wanted(&bundle).addresses.first()?;
    let listed = installation.directory.listed(sender)?;
    let address = crate::domain::Address {
        organisation: Some(listed.organisation.0),
        party: (listed.organisation.0 != sender).then_some(sender),
        level: listed.level,
    };
    match installation.directory.standing(address) {
        Standing::Ours(owner) => Some(owner),
        Standing::UnknownParty | Standing::NotOurs => None,
    }
}
