//! Who may adopt (民法典第1098条至第1103条).

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::citizen_id::Sex;

use super::{child::Adoptee, full_years, kind::Kind};

/// One adopter, as cards and papers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adopter {
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub born: Date,
}

/// What the papers say of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fitness {
    /// Able to raise, educate and protect.
    pub able: bool,
    /// No disease that makes unfit.
    pub healthy: bool,
    /// No crime record that harms a child.
    pub clean: bool,
}

/// Everybody who adopts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Household {
    /// Married today.
    pub married: bool,
    /// One or two; of a step-parent only the step-parent.
    pub adopters: Vec<Adopter>,
    /// Children they have, adopted ones too.
    pub children: u32,
}

/// Numbers of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Least age.
    pub age: u32,
    /// Least years between a single adopter and a child of the other sex.
    pub gap: u32,
    /// Most children they may have already.
    pub children: u32,
    /// Age of majority.
    pub adult: u32,
}

/// What is wrong with who adopts, all at once.
#[must_use]
pub fn eligible(
    kind: Kind,
    household: &Household,
    child: &Adoptee,
    limits: Limits,
    on: Date,
) -> Vec<FieldViolation> {
    let mut found = together(kind, household);
    // 民法典第1103条: a step-parent is bound neither by age nor by number.
    if kind == Kind::Step {
        return found;
    }
    for (adopter, at) in household.adopters.iter().zip(FIELDS) {
        if full_years(adopter.born, on) < limits.age {
            let message = format!("收养人要年满{}周岁（民法典第1098条）。", limits.age);
            found.push(FieldViolation::new(at, "AGE_BELOW", message));
        }
    }
    if !child.unlimited(kind) && household.children > limits.children {
        let message = format!(
            "收养人无子女或者只有{}名子女才能收养；收养孤儿、残疾儿童、儿童福利机构抚养的查找不到生父母的儿童不受限制（民法典第1098条、第1100条）。",
            limits.children
        );
        found.push(FieldViolation::new(
            "/children",
            "TOO_MANY_CHILDREN",
            message,
        ));
    }
    found.extend(gap(kind, household, child, limits.gap));
    found
}

const FIELDS: [&str; 2] = ["/adopter/id_number", "/spouse/id_number"];

/// Whoever is married adopts together (民法典第1101条).
fn together(kind: Kind, household: &Household) -> Vec<FieldViolation> {
    let two = household.adopters.len() > 1;
    let wrong = match (kind, household.married, two) {
        (Kind::Step, false, _) => (
            "NOT_MARRIED",
            "收养继子女的，要与儿童的生父或者生母有婚姻关系。",
        ),
        (Kind::Step, true, _) | (_, true, true) | (_, false, false) => return Vec::new(),
        (_, true, false) => (
            "SPOUSE_MISSING",
            "有配偶的要夫妻共同收养（民法典第1101条），请填写配偶。",
        ),
        (_, false, true) => (
            "NOT_MARRIED",
            "两人没有婚姻关系，不能共同收养；请由其中一人单独申请。",
        ),
    };
    vec![FieldViolation::new("/spouse/name", wrong.0, wrong.1)]
}

/// A single adopter and a child of the other sex (民法典第1102条); not among kin (第1099条).
fn gap(kind: Kind, household: &Household, child: &Adoptee, years: u32) -> Option<FieldViolation> {
    let [single] = household.adopters.as_slice() else {
        return None;
    };
    let (born, sex) = (child.born?, child.sex?);
    let bound = !household.married && kind != Kind::Kin && single.sex != sex;
    (bound && full_years(single.born, born) < years).then(|| {
        let message =
            format!("无配偶的收养异性子女，年龄要相差{years}周岁以上（民法典第1102条）。");
        FieldViolation::new(FIELDS[0], "AGE_GAP", message)
    })
}

/// What is wrong with health, record and means, all at once (民法典第1098条).
#[must_use]
pub fn fit(kind: Kind, fitness: Fitness) -> Vec<FieldViolation> {
    if kind == Kind::Step {
        return Vec::new();
    }
    let checks = [
        (
            fitness.able,
            "/able",
            "UNABLE",
            "收养人要有抚养、教育和保护被收养人的能力。",
        ),
        (
            fitness.healthy,
            "/healthy",
            "UNFIT_DISEASE",
            "收养人患有在医学上认为不应当收养子女的疾病的，不能收养。",
        ),
        (
            fitness.clean,
            "/clean",
            "CRIME_RECORD",
            "收养人有不利于被收养人健康成长的违法犯罪记录的，不能收养。",
        ),
    ];
    let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
    wrong
        .map(|(_, at, code, message)| FieldViolation::new(at, code, message))
        .collect()
}
