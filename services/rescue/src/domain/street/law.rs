//! What the law asks of whoever meets somebody in the street (国务院令第381号第五条, 社会救助暂行办法
//! 第五十一条, 民发〔2015〕158号): tell, lead, bring, call. Help is voluntary: a refusal is the final
//! answer of that visit.

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

use super::{
    fields::Fields,
    words::{Group, Outcome},
};

/// Ages in force.
#[derive(Debug, Clone, Copy)]
pub struct Ages {
    /// Under it: a minor.
    pub minor: u32,
    /// From it on: elderly.
    pub elder: u32,
}

/// What the law asks here and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// 告知.
    Tell,
    /// 引导.
    Guide,
    /// 护送.
    Escort,
    /// 120 first.
    Ambulance,
    /// Handed over by form.
    Police,
    /// A minor is not left in the street.
    MinorToPolice,
}

impl Duty {
    /// Stable code; also that of the refusal when it was not done.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Tell => "TELL_POLICY",
            Self::Guide => "GUIDE",
            Self::Escort => "ESCORT",
            Self::Ambulance => "AMBULANCE_FIRST",
            Self::Police => "POLICE_RECORD",
            Self::MinorToPolice => "MINOR_ALONE",
        }
    }

    /// The field that says it was done.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Tell => "/told_policy",
            Self::Guide => "/guided",
            Self::Escort => "/escorted",
            Self::Ambulance => "/ambulance",
            Self::Police => "/police_record",
            Self::MinorToPolice => "/outcome",
        }
    }

    /// What to do.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Tell => "请告知救助政策和求助方式：救助管理站24小时接待，不收费，来去自愿。",
            Self::Guide => "对老年人、残疾人和行动不便的人，还应当提出引导、护送到站，由本人决定。",
            Self::Escort => {
                "对未成年人、老年人、残疾人和行动不便的人，应当引导、护送到站，不能让其自己去。"
            }
            Self::Ambulance => "突发疾病、受伤的，请立即拨打120送医，再登记。",
            Self::Police => "交公安机关的，请填写交接表或者接处警回执的编号。",
            Self::MinorToPolice => {
                "未成年人不能留在街面上：请护送到站，或者请公安机关护送，办理交接。"
            }
        }
    }
}

fn special(fields: &Fields, ages: Ages) -> (bool, bool) {
    let age = fields.looks_age.map(u32::from);
    let minor = fields.groups.contains(&Group::Minor) || age.is_some_and(|age| age < ages.minor);
    let other = |group: &Group| *group != Group::Minor;
    let led = fields.groups.iter().any(other) || age.is_some_and(|age| age >= ages.elder);
    (minor, led)
}

/// What the law asks for this person and outcome.
#[must_use]
pub fn duties(fields: &Fields, ages: Ages) -> Vec<Duty> {
    let (minor, led) = special(fields, ages);
    match fields.outcome {
        None | Some(Outcome::Told | Outcome::NotFound) => Vec::new(),
        Some(Outcome::Willing) if minor || led => vec![Duty::Tell, Duty::Escort],
        Some(Outcome::Willing) => vec![Duty::Tell],
        Some(Outcome::Declined) if minor => vec![Duty::Tell, Duty::MinorToPolice],
        Some(Outcome::Declined) if led => vec![Duty::Tell, Duty::Guide],
        Some(Outcome::Declined) => vec![Duty::Tell],
        // Life first: nobody lectures the unconscious.
        Some(Outcome::Medical) => vec![Duty::Ambulance],
        Some(Outcome::Police) => vec![Duty::Tell, Duty::Police],
    }
}

/// Those that were not done.
#[must_use]
pub fn undone(fields: &Fields, ages: Ages) -> Vec<Duty> {
    let done = |duty: &Duty| match duty {
        Duty::Tell => fields.told_policy,
        Duty::Guide => fields.guided || fields.escorted,
        Duty::Escort => fields.escorted,
        Duty::Ambulance => fields.ambulance,
        Duty::Police => !fields.police_record.trim().is_empty(),
        Duty::MinorToPolice => false,
    };
    let mut found = duties(fields, ages);
    found.retain(|duty| !done(duty));
    found
}

/// What must be written before a visit counts.
#[must_use]
pub fn violations(fields: &Fields, ages: Ages) -> Vec<FieldViolation> {
    let mut found = fields.malformed();
    if matches!(fields.outcome, None | Some(Outcome::Told)) {
        let message = "请选择处理结果。";
        found.push(FieldViolation::new("/outcome", "REQUIRED", message));
    }
    if fields.place.trim().is_empty() {
        let message = "请填写地点。";
        found.push(FieldViolation::new("/place", "REQUIRED", message));
    }
    let undone = undone(fields, ages).into_iter();
    found.extend(undone.map(|duty| FieldViolation::new(duty.field(), duty.code(), duty.words())));
    if fields.outcome == Some(Outcome::NotFound) && !fields.articles.is_empty() {
        let message = "没有找到人，不能登记发放物品。";
        found.push(FieldViolation::new("/articles", "NOBODY_THERE", message));
    }
    found
}

/// State of a visit with this outcome.
#[must_use]
pub fn state(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        None | Some(Outcome::Told | Outcome::Willing) => "open",
        Some(Outcome::Medical | Outcome::Police) => "answered",
        Some(Outcome::Declined | Outcome::NotFound) => "closed",
    }
}

/// Whether what was written may become this: the answer of a visit stands.
///
/// # Errors
/// `ANSWER_FINAL`, `ALREADY_RECEIVED`.
pub fn may_become(state: &str, before: &Fields, after: &Fields) -> Result<(), Refusal> {
    if before.outcome == after.outcome {
        return Ok(());
    }
    if before.outcome == Some(Outcome::Declined) {
        let message = "本人这次不愿意到站，这次走访已经结束，不能改成别的结果。再去的时候请另写一次\
                       走访。";
        return Err(Refusal::new("ANSWER_FINAL", message));
    }
    if state == "admitted" {
        let message = "这个人已经到站登记，走访结果不能再改。";
        return Err(Refusal::new("ALREADY_RECEIVED", message));
    }
    Ok(())
}

/// Days until somebody goes there again, by outcome.
#[derive(Debug, Clone, Copy)]
pub struct FollowUp {
    /// After a refusal.
    pub declined: u32,
    /// After the ambulance, in the hospital.
    pub medical: u32,
}

/// When to go again; none: nobody needs to.
#[must_use]
pub fn follow_up(outcome: Option<Outcome>, day: Date, days: FollowUp) -> Option<Date> {
    let days = match outcome? {
        Outcome::Declined => days.declined,
        Outcome::Medical => days.medical,
        _ => return None,
    };
    Some(day.saturating_add(i64::from(days).days()))
}
