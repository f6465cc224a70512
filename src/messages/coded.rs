//! Coded values, the same in MsgHead and AppRec.

/// A coded value, CS or CV (HIS 80117); an absent attribute is the empty text.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Coded {
    /// `V`, the code.
    pub v: String,
    /// `S`, the OID of the code list.
    pub s: String,
    /// `DN`, the code in words.
    pub dn: String,
    /// `OT`, words where no code fits.
    pub ot: String,
}
