//! The four parts of the paper and what may still be done with it (DC13; the electronic
//! certificate of DC26 has the same force).
//!
//! | part | stays with |
//! |---|---|
//! | 1 | the signer |
//! | 2 | the police, who cancel the household entry |
//! | 3 | the family |
//! | 4 | the funeral home 殡葬证 |

use crate::domain::death::{DeathState, Use, UsedFor};

/// A part of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 第一联
    Signer,
    /// 第二联
    Police,
    /// 第三联
    Family,
    /// 第四联
    FuneralHome,
}

impl Part {
    /// Its name on the paper.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Signer => "第一联（签发单位留存）",
            Self::Police => "第二联（公安机关注销户口）",
            Self::Family => "第三联（家属保存）",
            Self::FuneralHome => "第四联（殡仪馆，居民死亡殡葬证）",
        }
    }
}

/// Why nothing more may be done with the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    /// Issued again once already.
    #[error("issued again before")]
    ReissuedBefore,
    /// No longer valid.
    #[error("void")]
    Voided,
    /// Used before; who it names can then only change by a new certificate.
    #[error("used before")]
    Used,
}

impl PartsError {
    /// Stable code.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::ReissuedBefore => "REISSUED_BEFORE",
            Self::Voided => "DEATH_VOIDED",
            Self::Used => "DEATH_USED",
        }
    }

    /// What to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::ReissuedBefore => {
                "死亡证明只能补发一次，这份证明已经补发过。需要证明的，可以向签发单位查询存根。"
            }
            Self::Voided => "这份死亡证明已经作废，不能再使用或者更改。",
            Self::Used => {
                "这份死亡证明已经用于办理，不能直接更改逝者身份；请按作废、重新签发办理。"
            }
        }
    }
}

/// What is issued again, once: the family's part alone when household and funeral are done,
/// otherwise parts 2 to 4.
///
/// # Errors
/// It was issued again before, or is void.
pub fn reissued(
    state: DeathState,
    uses: &[Use],
    reissued_before: bool,
) -> Result<&'static [Part], PartsError> {
    if !state.is_valid() {
        return Err(PartsError::Voided);
    }
    if reissued_before {
        return Err(PartsError::ReissuedBefore);
    }
    let used = |what: UsedFor| uses.iter().any(|one| one.used_for == what);
    if used(UsedFor::Police) && used(UsedFor::Funeral) {
        Ok(&[Part::Family])
    } else {
        Ok(&[Part::Police, Part::Family, Part::FuneralHome])
    }
}

/// Whether time, place or cause may be corrected, or also whom it names.
///
/// # Errors
/// It is void, or names somebody and was used.
pub fn correctable(state: DeathState, uses: &[Use], identity: bool) -> Result<(), PartsError> {
    match state {
        DeathState::Voided => Err(PartsError::Voided),
        _ if identity && !uses.is_empty() => Err(PartsError::Used),
        _ => Ok(()),
    }
}
