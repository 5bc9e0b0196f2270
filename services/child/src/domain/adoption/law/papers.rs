//! Papers that are shown (中国公民收养子女登记办法第5条、第6条、第8条; rules B2.10).

use yiwang_chassis::fault::FieldViolation;

use super::kind::{Ground, Kind};
use crate::domain::family::ParentState;

yiwang_casework::code_list! {
    /// A paper.
    Paper {
        Application = "application", "收养申请书";
        Identity = "identity", "收养人的户口簿、居民身份证";
        Marriage = "marriage", "收养人的婚姻状况证明";
        Ability = "ability", "抚养教育能力证明（单位或者村、居委会）";
        Children = "children", "子女情况声明";
        Health = "health", "县级以上医疗机构出具的健康检查证明";
        Record = "record", "无不利违法犯罪记录的证明";
        BirthStatus = "birth_status", "生育情况证明（卫生健康部门）";
        Police = "police", "捡拾报案证明（公安机关）";
        SenderIdentity = "sender_identity", "送养人的户口簿、居民身份证";
        Entry = "entry", "儿童进入机构的原始记录，以及报案证明或者父母死亡证明";
        GuardianProof = "guardian_proof", "实际承担监护责任的证明、父母死亡或者宣告死亡的证明";
        Obliged = "obliged", "其他有抚养义务的人同意送养的意见";
        Hardship = "hardship", "生父母有特殊困难的声明";
        OneParent = "one_parent", "配偶死亡或者下落不明的证明";
        Kinship = "kinship", "亲属关系证明（公安机关或者公证）";
        Disability = "disability", "县级以上医疗机构出具的残疾证明";
    }
}

/// What decides which papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Kind.
    pub kind: Kind,
    /// Ground.
    pub ground: Ground,
    /// Disabled child.
    pub disabled: bool,
    /// States of the parents.
    pub parents: [ParentState; 2],
    /// Others are bound to support the orphan.
    pub obliged: bool,
}

impl Case {
    /// Everything that is shown.
    #[must_use]
    pub fn needed(&self) -> Vec<Paper> {
        // A step-parent brings household register, card and marriage certificate only.
        if self.kind == Kind::Step {
            return vec![Paper::Identity, Paper::Marriage];
        }
        let mut needed = vec![
            Paper::Application,
            Paper::Identity,
            Paper::Marriage,
            Paper::Ability,
            Paper::Children,
            Paper::Health,
            Paper::Record,
        ];
        if self.ground == Ground::ParentsUnknown {
            needed.push(Paper::BirthStatus);
        }
        match (self.kind, self.ground) {
            (Kind::Institution, _) => needed.push(Paper::Entry),
            (Kind::Found, _) => needed.push(Paper::Police),
            (_, Ground::Orphan) => {
                needed.extend([Paper::SenderIdentity, Paper::GuardianProof]);
                if self.obliged {
                    needed.push(Paper::Obliged);
                }
            }
            (_, ground) => {
                needed.push(Paper::SenderIdentity);
                if ground == Ground::Hardship && self.kind == Kind::Sent {
                    needed.push(Paper::Hardship);
                }
                if self.parents.iter().any(|state| one_is_gone(*state)) {
                    needed.push(Paper::OneParent);
                }
            }
        }
        if self.kind == Kind::Kin {
            needed.push(Paper::Kinship);
        }
        if self.disabled {
            needed.push(Paper::Disability);
        }
        needed
    }

    /// Papers that were not shown.
    #[must_use]
    pub fn missing(&self, shown: &[Paper]) -> Vec<FieldViolation> {
        let needed = self.needed().into_iter();
        needed
            .filter(|paper| !shown.contains(paper))
            .map(|paper| {
                let message = format!("还没有查看“{}”。", paper.label());
                FieldViolation::new("/papers", "PAPER_MISSING", message)
            })
            .collect()
    }
}

fn one_is_gone(state: ParentState) -> bool {
    !super::consents::is_asked(state) && state != ParentState::CustodyRevoked
}
