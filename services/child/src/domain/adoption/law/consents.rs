//! Who must agree (民法典第1094条至第1097条、第1104条、第1108条).

use yiwang_chassis::fault::FieldViolation;

use super::kind::{Ground, Kind};
use crate::domain::family::ParentState;

yiwang_casework::code_list! {
    /// Somebody whose consent is asked.
    Who {
        Father = "father", "生父";
        Mother = "mother", "生母";
        Guardian = "guardian", "监护人";
        Institution = "institution", "儿童福利机构";
        Obliged = "obliged", "其他有抚养义务的人";
        Grandparents = "grandparents", "死亡一方的父母（放弃优先抚养权）";
        Child = "child", "儿童本人";
    }
}

/// What decides who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    /// Kind.
    pub kind: Kind,
    /// Ground.
    pub ground: Ground,
    /// State of the father, and whether it is proven.
    pub father: (ParentState, bool),
    /// The same of the mother.
    pub mother: (ParentState, bool),
    /// Others are bound to support the orphan.
    pub obliged: bool,
    /// Parents of the dead parent live.
    pub grandparents: bool,
    /// Age of the child.
    pub age: u32,
}

/// Whether a parent in this state can be asked and must be.
#[must_use]
pub fn is_asked(state: ParentState) -> bool {
    !matches!(
        state,
        ParentState::Dead
            | ParentState::DeclaredMissing
            | ParentState::OutOfContact
            | ParentState::Unknown
            | ParentState::CustodyRevoked
    )
}

impl Asking {
    /// Whether the birth parents give the child away.
    #[must_use]
    pub fn by_parents(&self) -> bool {
        match self.kind {
            Kind::Institution | Kind::Found => false,
            Kind::Sent | Kind::Kin => self.ground != Ground::Orphan,
            Kind::Step => true,
        }
    }

    /// Everybody who must agree.
    #[must_use]
    pub fn needed(&self, consent_age: u32) -> Vec<Who> {
        let mut needed = Vec::new();
        if self.by_parents() {
            let parents = [(Who::Father, self.father.0), (Who::Mother, self.mother.0)];
            let asked = parents.into_iter().filter(|(_, state)| is_asked(*state));
            needed.extend(asked.map(|(who, _)| who));
            if needed.is_empty() {
                needed.push(Who::Guardian);
            }
            let widowed = [self.father.0, self.mother.0].contains(&ParentState::Dead);
            if widowed && self.grandparents && self.kind != Kind::Step {
                needed.push(Who::Grandparents);
            }
        } else {
            match self.kind {
                Kind::Institution => needed.push(Who::Institution),
                // Nobody is there to give the child: the notice stands for it.
                Kind::Found => {}
                _ => {
                    needed.push(Who::Guardian);
                    if self.obliged {
                        needed.push(Who::Obliged);
                    }
                }
            }
        }
        if self.age >= consent_age {
            needed.push(Who::Child);
        }
        needed
    }

    /// Parents who are not asked, though nothing proves why (民法典第1097条; rules B2.10).
    #[must_use]
    pub fn unproven(&self) -> Vec<FieldViolation> {
        if !self.by_parents() {
            return Vec::new();
        }
        let parents = [
            (self.father, "/senders/father/proof", "生父"),
            (self.mother, "/senders/mother/proof", "生母"),
        ];
        let bare = parents
            .into_iter()
            .filter(|((state, proven), ..)| !is_asked(*state) && !proven);
        bare.map(|((state, _), at, who)| {
            let message = format!(
                "{who}“{}”，单方送养的，请写明证明材料（死亡证明、法院判决、公安机关查找不到的证明等）。",
                state.label()
            );
            FieldViolation::new(at, "PROOF_MISSING", message)
        })
        .collect()
    }

    /// Who has not agreed yet, of those who must.
    #[must_use]
    pub fn missing(&self, given: &[Who], consent_age: u32) -> Vec<FieldViolation> {
        let needed = self.needed(consent_age).into_iter();
        needed
            .filter(|who| !given.contains(who))
            .map(|who| {
                let message = format!("还没有登记{}的同意，请当面询问并登记。", who.label());
                FieldViolation::new(
                    format!("/consents/{}", who.code()),
                    "CONSENT_MISSING",
                    message,
                )
            })
            .collect()
    }
}
