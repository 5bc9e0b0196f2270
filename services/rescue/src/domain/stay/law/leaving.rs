//! 离站: help is voluntary and nobody is held against their word; who cannot leave alone is
//! handed to somebody (国令381号, 救助管理工作规程, 未成年人保护法92, rules C5.1, C5.5).

use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

use super::super::words::{Cause, EndGround, Receiver, Relation, TempCare};
use crate::domain::desk::at_field;

/// Who leaves.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the law asks these questions"
)]
pub struct Leaver {
    /// Full years.
    pub age: u32,
    /// Under 18, or looks it.
    pub minor: bool,
    /// Signs of a mental or intellectual disorder.
    pub disorder: bool,
    /// Cannot move well.
    pub hard_to_move: bool,
    /// Under treatment.
    pub ill: bool,
    /// Who it is is known.
    pub known: bool,
}

/// What the person says when leaving.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the declaration has these lines"
)]
pub struct Word {
    /// The declaration is signed.
    pub signed: bool,
    /// Lives on their own work (民法典18).
    pub own_living: bool,
    /// An escort was offered and not wanted.
    pub escort_declined: bool,
    /// Fare in yuan.
    pub fare: u32,
    /// Signed for the fare.
    pub fare_signed: bool,
}

impl Leaver {
    /// 自行离站.
    ///
    /// # Errors
    /// `MINOR_ALONE`, `GUARDED_ALONE`, `ESCORT_FIRST`, `NOT_SIGNED`, `FARE_TOO_HIGH`,
    /// `FARE_UNSIGNED`.
    pub fn own_word(self, word: Word, alone: u32, most_fare: u32) -> Result<(), Refusal> {
        if self.age < alone || (self.minor && !word.own_living) {
            let message = "未成年人不能自行离站，请联系监护人接领，或者护送返乡、移交未成年人救助\
                           保护机构。已满16周岁、以自己的劳动收入为主要生活来源的，请在下面勾选。";
            return Err(Refusal::new("MINOR_ALONE", message));
        }
        if self.disorder {
            let message = "有精神或者智力障碍迹象的，不能自行离站，请联系监护人接领，或者护送返乡。\
                           医院诊断没有障碍的，请先登记诊断。";
            return Err(Refusal::new("GUARDED_ALONE", message));
        }
        if self.hard_to_move && !word.escort_declined {
            let message =
                "行动不便的，请先提出护送或者通知亲属接领；本人仍要自己走的，勾选后办理。";
            return Err(at_field("ESCORT_FIRST", "/escort_declined", message));
        }
        if !word.signed {
            let message = "请本人在自行离站声明书上签字或者按指印。";
            return Err(at_field("NOT_SIGNED", "/signed", message));
        }
        if word.fare > most_fare {
            let message = format!("不发放现金；本地短途公交费最多{most_fare}元，其他用乘车凭证。");
            return Err(at_field("FARE_TOO_HIGH", "/fare_yuan", message));
        }
        if word.fare > 0 && !word.fare_signed {
            let message = "公交费要由本人签收。";
            return Err(at_field("FARE_UNSIGNED", "/fare_signed", message));
        }
        Ok(())
    }

    /// 亲属接领.
    ///
    /// # Errors
    /// `NOT_IDENTIFIED`, `CARD_UNCHECKED`, `NO_PROOF`, `GUARDIAN_ONLY`.
    pub fn fetched(
        self,
        relation: Relation,
        card_checked: bool,
        proof: &str,
        guardian_verified: bool,
    ) -> Result<(), Refusal> {
        if !self.known {
            let message = "还没有查明受助人员的身份，不能交给任何人。请先凭公安核实、DNA或者证件\
                           办理“查明身份”。";
            return Err(Refusal::new("NOT_IDENTIFIED", message));
        }
        if !card_checked {
            let message = "请核对接领人的身份证原件并留复印件。";
            return Err(at_field("CARD_UNCHECKED", "/card_checked", message));
        }
        if proof.trim().is_empty() {
            return Err(at_field("NO_PROOF", "/proof", "请核对并填写亲属关系证明。"));
        }
        let guards = self.minor || self.disorder;
        let may_guard = !matches!(relation, Relation::Relative);
        if guards && !(guardian_verified && may_guard) {
            let message = "未成年人、有精神或者智力障碍的，只能交给核实过的监护人；监护人来不了的，\
                           护送返乡或者移交福利机构。";
            return Err(at_field("GUARDIAN_ONLY", "/guardian_verified", message));
        }
        Ok(())
    }

    /// 移交: a minor only to an agency.
    ///
    /// # Errors
    /// `AGENCY_ONLY`.
    pub fn handed(self, to: Receiver) -> Result<(), Refusal> {
        if to == Receiver::Unit && (self.minor || self.disorder) && !self.known {
            let message =
                "身份没有查明的未成年人和有精神、智力障碍的，只能移交公安、医疗或者福利机构。";
            return Err(at_field("AGENCY_ONLY", "/to", message));
        }
        Ok(())
    }

    /// 移交 of a minor to child protection: civil affairs guard, on a ground and in a form of the
    /// law (未成年人保护法92、93).
    ///
    /// # Errors
    /// `GUARDIANSHIP_FORM` at each field that is missing.
    pub fn guarded_by(
        self,
        to: Receiver,
        cause: Option<Cause>,
        care: Option<TempCare>,
        decision: &str,
    ) -> Result<(), Refusal> {
        if !self.minor || to != Receiver::Welfare {
            return Ok(());
        }
        let missing = [
            (cause.is_none(), "/cause", "请选择临时监护的情形。"),
            (care.is_none(), "/care", "请选择临时监护的方式。"),
            (
                decision.trim().is_empty(),
                "/decision",
                "请填写民政部门临时监护文书的编号。",
            ),
        ];
        let missing = missing.into_iter().filter(|(missing, ..)| *missing);
        let fields: Vec<_> = missing
            .map(|(_, at, message)| FieldViolation::new(at, "GUARDIANSHIP_FORM", message))
            .collect();
        if fields.is_empty() {
            return Ok(());
        }
        let message = "未成年人移交以后由民政部门临时监护，请写明情形、方式和文书编号。";
        Err(Refusal {
            fields,
            ..Refusal::new("GUARDIANSHIP_FORM", message)
        })
    }

    /// 擅自离站: whoever must be looked for is reported at once.
    ///
    /// # Errors
    /// `POLICE_FIRST`.
    pub fn absconded(self, receipt: &str) -> Result<(), Refusal> {
        if (self.minor || self.disorder) && receipt.trim().is_empty() {
            let message = "未成年人、有精神或者智力障碍的走失，请立即报警，填写回执编号。";
            return Err(at_field("POLICE_FIRST", "/receipt", message));
        }
        Ok(())
    }

    /// 终止救助: never for illness, never a minor.
    ///
    /// # Errors
    /// `NEVER_MINOR`, `NEVER_GUARDED`, `NEVER_ILL`.
    pub fn terminate(self, _: EndGround) -> Result<(), Refusal> {
        let never = if self.minor {
            (
                "NEVER_MINOR",
                "未成年人不能终止救助，请联系监护人或者移交未成年人救助保护机构。",
            )
        } else if self.disorder {
            (
                "NEVER_GUARDED",
                "有精神或者智力障碍迹象的不能终止救助，请护送返乡或者移交。",
            )
        } else if self.ill {
            ("NEVER_ILL", "正在患病治疗的不能终止救助，请先治疗。")
        } else {
            return Ok(());
        };
        Err(Refusal::new(never.0, never.1))
    }
}
