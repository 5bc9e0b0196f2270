//! How an adoption ends: dissolved by agreement (民法典第1114条至第1117条), revoked for fraud
//! (中国公民收养子女登记办法第13条).

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;

use super::full_years;

yiwang_casework::code_list! {
    /// What was false (中国公民收养子女登记办法第13条).
    Fraud {
        Papers = "papers", "提供虚假的证件、证明材料";
        Statement = "statement", "隐瞒婚姻、子女、健康、犯罪等真实情况";
        Origin = "origin", "隐瞒儿童的来历（买卖、拐卖、伪造捡拾）";
        Consent = "consent", "伪造、胁迫送养人或者儿童的同意";
    }
}

/// Who agrees to a dissolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// All adopters.
    pub adopters: bool,
    /// The sender; nobody any more when the child is grown up.
    pub sender: bool,
    /// The adoptee.
    pub adoptee: bool,
    /// All of them came in person.
    pub in_person: bool,
}

/// Ages the law names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    /// From which a child must agree.
    pub consent: u32,
    /// Of majority.
    pub adult: u32,
}

/// What is wrong with an agreement, all at once.
#[must_use]
pub fn dissolvable(agreement: Agreement, born: Date, ages: Ages, on: Date) -> Vec<FieldViolation> {
    let age = full_years(born, on);
    let minor = age < ages.adult;
    let checks = [
        (
            agreement.in_person,
            "/in_person",
            "NOT_IN_PERSON",
            "双方要一起到场办理；不能到场的，可以向人民法院起诉。",
        ),
        (
            agreement.adopters,
            "/adopters_agree",
            "ADOPTERS_DISAGREE",
            "收养人没有同意，不能协议解除，可以向人民法院起诉。",
        ),
        (
            !minor || agreement.sender,
            "/sender_agrees",
            "SENDER_DISAGREES",
            "被收养人未成年，要收养人、送养人双方协议才能解除（民法典第1114条）。",
        ),
        (
            age < ages.consent || agreement.adoptee,
            "/adoptee_agrees",
            "ADOPTEE_DISAGREES",
            "被收养人已满8周岁，要征得本人同意（民法典第1114条、第1115条）。",
        ),
    ];
    let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
    wrong
        .map(|(_, at, code, message)| FieldViolation::new(at, code, message))
        .collect()
}
