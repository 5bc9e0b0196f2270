//! What an item 事项 is: a pure description of one procedure under the law.

use schemars::{JsonSchema, Schema};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;

use crate::{
    case::{Case, Material, Person},
    context::Context,
    decision::{Decision, Refusal},
    guide::{Guide, Section, Standard},
    ripple::Ripple,
};

/// One procedure under the law: form in, decision out. Pure: no I/O, no clock.
pub trait Item: Sized + Send + Sync + 'static {
    /// Stable code in URLs and contracts, e.g. `minimum-living`.
    const CODE: &'static str;
    /// Two or three capital letters that open the case number, e.g. `DB`.
    const PREFIX: &'static str;
    /// Chinese name.
    const TITLE: &'static str;

    /// Whether the officer who filed for people at the counter may also decide:
    /// where both parties appear in person and the law decides on the spot.
    const FILER_DECIDES: bool = false;

    /// Roles that may file it for others besides the counters: who is told on the phone.
    const FILED_BY: &'static [Role] = &[];

    /// Whether only those whose card an officer has seen (实名核验) may file it for themselves:
    /// where the answer itself tells what nobody else may know.
    const VERIFIED: bool = false;

    /// Whether nobody needs to be on the form: the case is about somebody of whom nobody may know
    /// who it is. Only officers reach such a case: whoever stands on the form is no party of it,
    /// and no applicant.
    const NAMELESS: bool = false;

    /// Relations ([`Person::relation`]) besides the applicant's that are parties: they
    /// see the case and act in it as the applicant does, e.g. the other spouse.
    const PARTIES: &'static [&'static str] = &[];

    /// Whom a case is escalated to: it stands in their worklist too, as long as
    /// [`Item::is_escalated`] says so.
    const ESCALATES_TO: &'static [Role] = &[];

    /// Closed by default 保密: only who is on the case and its line may know that it exists. Each
    /// read leaves an audit row that says on what ground (rules B5.1).
    const CLOSED: bool = false;

    /// Roles that stand on every case of a closed item within their division, as long as
    /// [`Item::line_stands`].
    const LINE: &'static [Role] = &[];

    /// What the applicant fills in; the portal draws it from the JSON Schema.
    type Form: Serialize + DeserializeOwned + JsonSchema + Clone + Send + Sync;
    /// Where the case stands.
    type State: State;
    /// What officers, departments and time have added so far.
    type Facts: Serialize + DeserializeOwned + Default + Clone + Send + Sync;
    /// Serde form `{"action": code, "data": {…}}` (adjacently tagged).
    type Action: DeserializeOwned + Send;
    /// What `decide` must know of the item's own tables.
    type World: Default + Send + Sync;
    /// What a decision changes in the item's own tables, same transaction.
    type Effect: Send + Sync;

    /// The public guide 办事指南.
    fn guide() -> Guide;
    /// Every action with who may take it and from which state.
    fn actions() -> &'static [ActionSpec<Self::State>];
    /// Everybody on the form; the applicant first. Persons whose ID number
    /// does not parse are left out: the form is refused anyway.
    fn people(form: &Self::Form) -> Vec<Person>;
    /// Standards in force in `division` today, for the guide; none where nothing is paid.
    fn standards(_rules: &RuleBook, _division: &str, _day: jiff::civil::Date) -> Vec<Standard> {
        Vec::new()
    }

    /// The division elsewhere whose counter receives an application for this one's (跨省通办);
    /// none: only the division itself.
    fn received_in(_form: &Self::Form) -> Option<String> {
        None
    }

    /// Decides an application.
    ///
    /// # Errors
    /// A [`Refusal`] with field errors; nothing is stored then.
    fn submit(
        form: &Self::Form,
        materials: &[Material],
        cx: &Context<'_>,
        world: &Self::World,
    ) -> Result<Decision<Self>, Refusal>;

    /// Decides an action on a case. State and role were checked against
    /// [`Item::actions`] before.
    ///
    /// # Errors
    /// A [`Refusal`] with a stable code and a sentence for the person.
    fn decide(
        case: &Case<Self>,
        action: Self::Action,
        cx: &Context<'_>,
        world: &Self::World,
    ) -> Result<Decision<Self>, Refusal>;

    /// Whether [`Item::ESCALATES_TO`] have the case now, besides those whom its state awaits.
    fn is_escalated(_facts: &Self::Facts) -> bool {
        false
    }

    /// Whether the line still stands on a closed case in this state; after it only who has asked
    /// and was approved looks.
    fn line_stands(_state: Self::State) -> bool {
        true
    }

    /// Who stands on a closed case besides its parties and its line, e.g. the township elsewhere
    /// that received it. Derived anew at each change.
    fn standing(_form: &Self::Form, _facts: &Self::Facts) -> Vec<Standing> {
        Vec::new()
    }

    /// The stable code of an action, as in [`Item::actions`].
    fn code_of(action: &Self::Action) -> &'static str;

    /// The action a legal clock of this name takes when it falls due; none without clocks.
    fn on_clock(_name: &str) -> Option<Self::Action> {
        None
    }
    /// The action an objection to a running notice takes; none without public notices.
    fn on_objection(_notice: &str, _content: &str) -> Option<Self::Action> {
        None
    }
    /// The action a department's answer to an errand of this kind takes.
    ///
    /// # Errors
    /// The answer does not have the agreed form, or nobody is asked.
    fn on_answer(_kind: &str, _answer: Value) -> Result<Self::Action, serde_json::Error> {
        Err(serde::de::Error::custom("nobody is asked"))
    }

    /// Codes of the acts that the procedure waits for now, the most urgent first. The others of
    /// a state with many stand behind them, closed. Empty: all stand alike.
    fn expected(_case: &Case<Self>) -> Vec<&'static str> {
        Vec::new()
    }

    /// The case as officers and applicant read it, beyond the form.
    fn sections(case: &Case<Self>) -> Vec<Section>;
}

/// Officers who stand on a closed case: whoever holds `role` over `division`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// Role.
    pub role: Role,
    /// 6, 9 or 12 digits.
    pub division: String,
}

/// Where a case stands: a plain enum.
pub trait State: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// All states, in the order of the law.
    const ALL: &'static [Self];
    /// Names and who is awaited.
    fn spec(self) -> StateSpec;
    /// The state with this stable code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|state| state.spec().code == code)
    }
}

/// Names of a state and who is awaited in it.
#[derive(Debug, Clone, Copy)]
pub struct StateSpec {
    /// Stable code, e.g. `public_notice`.
    pub code: &'static str,
    /// Short Chinese label for officers and lists.
    pub label: &'static str,
    /// What happens now, for the applicant, in plain Chinese.
    pub explanation: &'static str,
    /// Who has the case.
    pub awaiting: Awaiting,
}

/// Who has the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaiting {
    /// The applicant.
    Applicant,
    /// One of these roles in the case's region.
    Roles(&'static [Role]),
    /// Another department, named in Chinese.
    Department(&'static str),
    /// A date, e.g. the end of a notice; named in Chinese.
    Time(&'static str),
    /// Nothing to do now, yet not closed, e.g. a benefit being paid.
    Standing,
    /// Closed.
    Nobody,
}

impl Awaiting {
    /// The value of the column `awaiting`, which the worklist reads by.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Applicant => "applicant".to_owned(),
            Self::Roles(roles) => roles
                .iter()
                .map(|role| role.as_str())
                .collect::<Vec<_>>()
                .join("+"),
            Self::Department(_) => "department".to_owned(),
            Self::Time(_) => "time".to_owned(),
            Self::Standing => "standing".to_owned(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// The same of a case that is escalated to `more`; nothing else than work is.
    #[must_use]
    pub fn key_escalated(self, more: &[Role]) -> String {
        let key = self.key();
        match self {
            Self::Roles(_) => more.iter().fold(key, |key, role| key + "+" + role.as_str()),
            _ => key,
        }
    }

    /// Who that is, in Chinese.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Applicant => "申请人".to_owned(),
            Self::Roles(roles) => roles
                .iter()
                .map(|role| role.label())
                .collect::<Vec<_>>()
                .join("、"),
            Self::Department(name) | Self::Time(name) => name.to_owned(),
            Self::Standing | Self::Nobody => String::new(),
        }
    }
}

/// Who may take an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The applicant, or the agent 代办 who filed and still may file here.
    Applicant,
    /// The applicant alone: what moves money or gives up a right.
    ApplicantInPerson,
    /// The applicant alone, whose card an officer has seen (实名核验): a signature that cannot be
    /// taken back. Whoever is not verified signs on paper before an officer.
    ApplicantVerified,
    /// Officers with one of these roles over the case's division.
    Roles(&'static [Role]),
    /// Only the system: clocks, departments, events, objections.
    System,
}

/// One action: who, from where, with what data.
#[derive(Debug, Clone, Copy)]
pub struct ActionSpec<S: 'static> {
    /// Stable code in URLs, e.g. `accept`.
    pub code: &'static str,
    /// What the button says.
    pub label: &'static str,
    /// What the law asks in this step.
    pub hint: &'static str,
    /// Who may take it.
    pub by: By,
    /// States it may be taken from.
    pub from: &'static [S],
    /// JSON Schema of its data, drawn as a form; none when it takes no data.
    pub data: Option<fn() -> Schema>,
    /// Cannot be taken back, or hurts the applicant: asked twice.
    pub grave: bool,
    /// What it changes in somebody's life, so that other services act on it; none: nothing.
    pub ripple: Option<Ripple>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_work_is_escalated() {
        let county = &[Role::CountyOfficer];
        let station = Awaiting::Roles(&[Role::Station]);
        let key = format!(
            "{}+{}",
            Role::Station.as_str(),
            Role::CountyOfficer.as_str()
        );
        assert_eq!(station.key_escalated(county), key);
        assert_eq!(station.key_escalated(&[]), station.key());
        for other in [Awaiting::Applicant, Awaiting::Standing, Awaiting::Nobody] {
            assert_eq!(other.key_escalated(county), other.key());
        }
    }
}
