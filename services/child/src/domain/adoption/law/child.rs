//! Who may be adopted (民法典第1093条、第1100条).

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::Sex;

use super::{
    full_years,
    kind::{Ground, Kind},
};
use crate::domain::protection::words::LongGround;

/// As what a child under long-term guardianship of civil affairs may be adopted (未成年人保护法95、
/// 民法典第1093条); none: its parents live and are known.
#[must_use]
pub fn of_ward(ground: LongGround) -> Option<Ground> {
    match ground {
        LongGround::Dead => Some(Ground::Orphan),
        LongGround::NotFound => Some(Ground::ParentsUnknown),
        LongGround::Incapable | LongGround::Removed | LongGround::Other => None,
    }
}

/// The child as the law asks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adoptee {
    /// Day of birth; none: not known.
    pub born: Option<Date>,
    /// Sex; none: not known.
    pub sex: Option<Sex>,
    /// Ground.
    pub ground: Ground,
    /// Disabled.
    pub disabled: bool,
}

impl Adoptee {
    /// Whether the number of children does not bind: orphans, disabled minors, children of an
    /// institution whose parents cannot be found (民法典第1100条第2款).
    #[must_use]
    pub fn unlimited(&self, kind: Kind) -> bool {
        let left = self.ground == Ground::ParentsUnknown && kind == Kind::Institution;
        self.disabled || self.ground == Ground::Orphan || left
    }

    /// Age on a day; none while nobody knows.
    #[must_use]
    pub fn age(&self, on: Date) -> Option<u32> {
        self.born.map(|born| full_years(born, on))
    }

    /// What is wrong with the child of an adoption, all at once.
    #[must_use]
    pub fn adoptable(&self, kind: Kind, adult: u32, on: Date) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        let mut add = |at: &str, code: &'static str, message: String| {
            found.push(FieldViolation::new(at, code, message));
        };
        match self.age(on) {
            None => add(
                "/child/born_on",
                "BIRTH_UNKNOWN",
                "请填写儿童的身份证号或者出生日期；查不清的填推定的日期。".to_owned(),
            ),
            Some(age) if age >= adult => add(
                "/child/born_on",
                "NOT_A_MINOR",
                format!("被收养人要未满{adult}周岁（民法典第1093条）。"),
            ),
            Some(_) => {}
        }
        if self.sex.is_none() {
            let message = "请选择儿童的性别。".to_owned();
            add("/child/sex", "SEX_UNKNOWN", message);
        }
        if !kind.grounds().contains(&self.ground) {
            let may: Vec<_> = kind.grounds().iter().map(|it| it.label()).collect();
            let message = format!(
                "“{}”的被收养人应当是：{}。请核对收养类型和儿童情况。",
                kind.label(),
                may.join("、")
            );
            add("/child/ground", "GROUND_WRONG", message);
        }
        found
    }
}
