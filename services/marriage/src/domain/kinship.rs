//! Relatives who may not marry (民法典 1048): lineal ones of any degree, collateral ones
//! within three generations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

/// One step from a person to the next, up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 父母
    Parent,
    /// 子女
    Child,
    /// 养父母
    AdoptiveParent,
    /// 养子女
    AdoptiveChild,
}

impl Step {
    fn up(self) -> bool {
        matches!(self, Self::Parent | Self::AdoptiveParent)
    }

    fn adoptive(self) -> bool {
        matches!(self, Self::AdoptiveParent | Self::AdoptiveChild)
    }
}

/// How far the bar reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KinshipRules {
    /// Lineal relatives by adoption 拟制直系血亲 are barred.
    pub adoptive_lineal: bool,
    /// Collateral relatives by adoption 拟制旁系血亲 are barred.
    pub adoptive_collateral: bool,
    /// Generations of collateral relatives.
    pub generations: u32,
}

impl KinshipRules {
    /// Reads the rules in force.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        Ok(Self {
            adoptive_lineal: cx.rule("marriage.kinship.adoptive_lineal")?.flag()?,
            adoptive_collateral: cx.rule("marriage.kinship.adoptive_collateral")?.flag()?,
            generations: cx.rule("marriage.kinship.generations")?.count()?,
        })
    }
}

/// Whether two people may not marry, `path` leading from the one to the other by their
/// nearest common ancestors. No path, no bar.
#[must_use]
pub fn barred(path: &[Step], rules: &KinshipRules) -> bool {
    let top = path.iter().take_while(|step| step.up()).count();
    let (up, down) = path.split_at(top);
    // Down and up again leads to the other parent of a child or its family: no common blood.
    if path.is_empty() || down.iter().any(|step| step.up()) {
        return false;
    }
    let adoptive = path.iter().any(|step| step.adoptive());
    if up.is_empty() || down.is_empty() {
        return !adoptive || rules.adoptive_lineal;
    }
    // The common ancestors are the first generation, and the longer side decides.
    let near = u32::try_from(up.len().max(down.len())).is_ok_and(|far| far < rules.generations);
    near && (!adoptive || rules.adoptive_collateral)
}

/// What two people say they are to each other (申请结婚登记声明书).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kin {
    /// No relatives.
    #[default]
    None,
    /// 直系血亲
    Lineal,
    /// 兄弟姐妹
    Sibling,
    /// 伯、叔、姑、舅、姨与侄、甥
    AuntUncleNieceNephew,
    /// 堂兄弟姐妹、表兄弟姐妹
    FirstCousin,
    /// Relatives, but none of these.
    Other,
}

impl Kin {
    /// Whether such relatives may not marry.
    #[must_use]
    pub fn barred(self) -> bool {
        match self {
            Self::Lineal | Self::Sibling | Self::AuntUncleNieceNephew | Self::FirstCousin => true,
            Self::None | Self::Other => false,
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "没有亲属关系",
            Self::Lineal => "直系血亲",
            Self::Sibling => "兄弟姐妹",
            Self::AuntUncleNieceNephew => "伯、叔、姑、舅、姨与侄子女、外甥子女",
            Self::FirstCousin => "堂兄弟姐妹、表兄弟姐妹",
            Self::Other => "其他亲属，不在三代以内",
        }
    }
}
