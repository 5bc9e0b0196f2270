//! Two people before a registrar, as plain values for the check list.

use jiff::civil::Date;
use yiwang_civic::citizen_id::Sex;

use super::{form::Kind, paper::Paper};
use crate::domain::{
    identity::Identity,
    kinship::Kin,
    legal_age::AgeRules,
    party::{Residence, StatedStatus},
    record::{Known, RecordState},
};

/// Two people before a registrar.
#[derive(Debug, Clone)]
pub struct Couple<'a> {
    /// What they apply for.
    pub kind: Kind,
    /// The hall's local date.
    pub on: Date,
    /// The registrar is trained and examined, and of this hall.
    pub qualified: bool,
    /// Whom the hall may register.
    pub competence: &'a [Residence],
    /// Ages of the law.
    pub ages: AgeRules,
    /// What they say they are to each other.
    pub kin: Kin,
    /// Both, in the order of the form.
    pub both: [One<'a>; 2],
}

/// One of them.
#[derive(Debug, Clone)]
pub struct One<'a> {
    /// Person key.
    pub key: &'a str,
    /// By the document.
    pub sex: Sex,
    /// By the document.
    pub born: Date,
    /// Where they belong.
    pub residence: Residence,
    /// What they say of themselves.
    pub stated: StatedStatus,
    /// Papers they showed.
    pub papers: Vec<Paper>,
    /// What the police say.
    pub identity: Identity,
    /// What the register knows; none when it has not answered.
    pub known: Option<&'a Known>,
    /// Stands at the counter.
    pub present: bool,
    /// Signed the declaration there.
    pub signed: bool,
    /// Said yes when asked.
    pub willing: bool,
}

impl One<'_> {
    /// 男方 or 女方.
    #[must_use]
    pub fn side(&self) -> &'static str {
        match self.sex {
            Sex::Male => "男方",
            Sex::Female => "女方",
        }
    }
}

impl Couple<'_> {
    /// Whether the two were divorced from each other (民法典 1083).
    #[must_use]
    pub fn formerly_each_other(&self) -> bool {
        let [a, b] = &self.both;
        let ended = |state| matches!(state, RecordState::Divorced | RecordState::DivorcedCourt);
        a.known.is_some_and(|known| {
            let records = known.records.iter();
            let mut of_both = records.filter(|record| record.spouse_of(a.key) == Some(b.key));
            of_both.any(|record| ended(record.state))
        })
    }

    /// What the register will call it: two who were divorced from each other remarry, whatever
    /// was ticked.
    #[must_use]
    pub fn recorded_kind(&self) -> Kind {
        match self.kind {
            Kind::Marriage if self.formerly_each_other() => Kind::Remarriage,
            kind => kind,
        }
    }
}
