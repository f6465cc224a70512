//! The ids of resources: the same message has the same each time. They begin with a digest of the id of their message and end with
//! the number of the resource (UUID version 8, RFC 9562, 5.8), for a message has many resources.

use super::draft::Space;
use super::words::BASE;
use sha1_smol::Sha1;
use uuid::{Builder, Uuid};

/// What a `fullUrl` begins with that names nothing on the web.
pub(super) const URN: &str = "urn:uuid:";

/// The ids of one message.
pub(super) struct Ids([u8; 16]);

impl Ids {
    /// For the message of this MsgId or Id.
    pub fn of(message: &str) -> Self {
        let mut sha1 = Sha1::new();
        [BASE, "\n", message].iter().for_each(|part| sha1.update(part.as_bytes()));
        let mut begin = [0; 16];
        begin.copy_from_slice(&sha1.digest().bytes()[..16]);
        Self(begin)
    }

    /// The `fullUrl` of the resource of this number.
    pub fn url<'t>(&self, number: usize, space: &'t Space) -> &'t str {
        let mut bytes = self.0;
        bytes[12..].copy_from_slice(&(number as u32).to_be_bytes());
        space.concat(&[Builder::from_custom_bytes(bytes).into_uuid().urn().encode_lower(&mut Uuid::encode_buffer())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_its_message_and_of_its_number() {
        let ids = Ids::of("some-id");
        let space = Space::default();
        let all = [ids.url(0, &space), ids.url(7, &space), Ids::of("another").url(7, &space)];
        let is_uuid = |url: &&str| {
            let id = url.strip_prefix(URN).and_then(|id| Uuid::try_parse(id).ok());
            id.is_some_and(|id| id.get_version_num() == 8 && id.get_variant() == uuid::Variant::RFC4122)
        };
        assert!(all.iter().all(is_uuid), "{all:?}");
        assert!(all[0] != all[1] && all[1] != all[2] && all[1] == Ids::of("some-id").url(7, &space));
    }
}
