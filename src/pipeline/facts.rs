//! What a decision may know. The shell fetches it first; nothing is asked for in between.

use crate::delivery::State;
use crate::domain::{Address, Chance, DeliveryId, PartnerName, Role, Timestamp};
use crate::messages::Judging;
use crate::routing::{AppRecVersion, Directory, RouteTable};
use crate::translation::versions::Known;

/// The facts for one message.
pub struct Facts<'f> {
    /// The time.
    pub now: Timestamp,
    /// Randomness for the ids of what we write.
    pub chance: &'f dyn Chance,
    /// Whose system brought the message.
    pub partner: &'f PartnerName,
    /// Who is ours.
    pub directory: &'f Directory,
    /// Where things go.
    pub routes: &'f RouteTable,
    /// The bytes of the message: what is put into another version for a partner.
    pub bytes: &'f [u8],
    /// How what we make of it is judged: as its receiver would.
    pub judging: &'f Judging,
    /// For an AppRec: the message that it names, if we know it.
    pub original: Option<&'f Original>,
    /// Earlier messages that a translation of this one may need.
    pub known: &'f Known,
}

/// A message that an AppRec may answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Original {
    /// Whose system brought it; the AppRec goes back there.
    pub partner: PartnerName,
    /// Its sender.
    pub sender: Address,
    /// `MsgInfo/Type`.
    pub type_code: String,
    /// `GenDate` as written.
    pub gen_date: String,
    /// The AppRec version that belongs to its version; `None` for what we only carry.
    pub apprec: Option<AppRecVersion>,
    /// To whom it was delivered.
    pub deliveries: Vec<OriginalDelivery>,
}

/// One delivery of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OriginalDelivery {
    /// Which.
    pub id: DeliveryId,
    /// To whose system.
    pub partner: PartnerName,
    /// For which receiver.
    pub receiver: Address,
    /// In which role.
    pub role: Role,
    /// `MsgInfo/Type` as it was delivered: another one than was sent, where the receiver's system supports only that.
    pub type_code: String,
    /// Where it stands.
    pub state: State,
    /// Until when its AppRec is in time; `None` when none is expected.
    pub apprec_due: Option<Timestamp>,
    /// True when it went out in another version than it came in.
    pub translated: bool,
    /// True when the gateway has answered it on the receiver's behalf.
    pub answered_by_gateway: bool,
}
