//! Who counts as a family living together 共同生活的家庭成员 (民发〔2021〕57号第七、八条).

use jiff::civil::Date;

use super::{
    codes::{Disability, Health, Labour, Relation, Situation, Student},
    form::{Circumstances, Form, Someone},
};

/// Clergy living apart this long do not count (第七条).
const CLERGY_YEARS: i32 = 3;

/// Full age.
pub const ADULT: u32 = 18;

/// The family with everybody's place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Household {
    /// Indices of those who count, the applicant first.
    pub counted: Vec<usize>,
    /// Indices of those who do not, with the reason.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// Why somebody on the form does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Clergy living apart for three years or more.
    Clergy,
    /// In prison, in compulsory drug detention or declared missing.
    Away,
    /// An adult child who lives apart and can live independently.
    Independent,
    /// Somebody with a statutory duty who lives apart.
    LivesApart,
    /// No statutory duty towards the applicant.
    NoDuty,
    /// Died.
    Dead,
}

impl LeftOut {
    /// Chinese sentence part.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Clergy => "连续三年以上脱离家庭的宗教教职人员，不计入",
            Self::Away => "服刑、强制隔离戒毒或被宣告失踪，不计入",
            Self::Independent => "已独立生活的成年子女，不计入",
            Self::LivesApart => "不共同生活，不计入",
            Self::NoDuty => "没有法定赡养、抚养、扶养关系，不计入",
            Self::Dead => "已死亡，不计入",
        }
    }
}

impl Household {
    /// Sorts everybody on the form; `dead` are indices of persons who died.
    #[must_use]
    pub fn of(form: &Form, dead: &[usize], day: Date) -> Self {
        let mut household = Self::default();
        for one in form.everybody() {
            match reason_out(&one, dead, day) {
                None => household.counted.push(one.index),
                Some(reason) => household.left_out.push((one.index, reason)),
            }
        }
        household
    }
}

fn reason_out(one: &Someone<'_>, dead: &[usize], day: Date) -> Option<LeftOut> {
    if dead.contains(&one.index) {
        return Some(LeftOut::Dead);
    }
    let about = one.about;
    match about.situation {
        Situation::Prison | Situation::Detention | Situation::Missing => {
            return Some(LeftOut::Away);
        }
        Situation::Clergy if years_apart(about, day) >= CLERGY_YEARS => {
            return Some(LeftOut::Clergy);
        }
        _ => {}
    }
    let together = about.situation == Situation::Together;
    match one.relation {
        None | Some(Relation::Spouse) => None,
        Some(Relation::Child) if is_minor(one, day) || depends_on_parents(about) => None,
        Some(Relation::Child) => (!together).then_some(LeftOut::Independent),
        Some(Relation::Other) => Some(LeftOut::NoDuty),
        Some(_) => (!together).then_some(LeftOut::LivesApart),
    }
}

/// Whole years since the person moved into the religious premises.
fn years_apart(about: &Circumstances, day: Date) -> i32 {
    let Some(since) = about.situation_since else {
        return 0;
    };
    let full = i32::from(day.year()) - i32::from(since.year());
    if (day.month(), day.day()) < (since.month(), since.day()) {
        full - 1
    } else {
        full
    }
}

/// Under 18; somebody whose ID number does not parse is taken for an adult.
#[must_use]
pub fn is_minor(one: &Someone<'_>, day: Date) -> bool {
    one.id().is_some_and(|id| id.age_on(day) < ADULT)
}

/// Cannot live independently, or studies full time below the master's degree.
fn depends_on_parents(about: &Circumstances) -> bool {
    let studies = matches!(about.student, Student::School | Student::Undergraduate);
    studies || matches!(about.labour, Labour::Lost | Labour::None)
}

/// Severely disabled in the sense of 民发〔2021〕57号第八条; other rules draw the
/// line elsewhere (rules A4.2), so this is never shared with them.
#[must_use]
pub fn severely_disabled(about: &Circumstances) -> bool {
    match (about.disability, about.disability_grade) {
        (Disability::None, _) | (_, None) => false,
        (Disability::Intellectual | Disability::Mental, Some(grade)) => grade <= 3,
        (_, Some(grade)) => grade <= 2,
    }
}

/// May apply alone out of an edge family (第八条).
#[must_use]
pub fn may_apply_alone(one: &Someone<'_>, day: Date) -> bool {
    let about = one.about;
    let clergy = about.situation == Situation::Clergy && years_apart(about, day) >= CLERGY_YEARS;
    severely_disabled(about) || about.health == Health::Serious || clergy
}

/// Adult, without work and severely disabled: may be taken as a family of one
/// whatever the family earns (N22 一(一)).
#[must_use]
pub fn jobless_severely_disabled(one: &Someone<'_>, day: Date) -> bool {
    let income = &one.about.income;
    let works = income.wage.0 > 0 || income.business.0 > 0;
    severely_disabled(one.about) && !works && !is_minor(one, day)
}
