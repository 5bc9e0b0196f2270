//! Who signs: by place and cause.

use jiff::civil::Date;
use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

use crate::domain::death::CauseClass;

yiwang_casework::code_list! {
    /// Where somebody died.
    PlaceKind {
        Hospital = "hospital", "医疗卫生机构内";
        EnRoute = "en_route", "送医途中";
        Home = "home", "家中";
        CareHome = "care_home", "养老服务机构";
        Other = "other", "其他场所";
    }
}

yiwang_casework::code_list! {
    /// Who signs.
    Signer {
        Hospital = "hospital", "救治的医疗卫生机构";
        Primary = "primary", "死亡地乡镇卫生院（社区卫生服务中心）";
        Police = "police", "公安机关";
    }
}

/// How somebody died, as far as it decides who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// Where.
    pub place: PlaceKind,
    /// Class of the cause.
    pub cause: CauseClass,
    /// A doctor treated the person before death.
    pub treated: bool,
    /// The police looked and exclude an unnatural death: then the doctor signs.
    pub police_excluded: bool,
}

/// What changed with DC26.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignerRules {
    /// Unnatural deaths that a hospital treated go to the police as well.
    pub treated_unnatural_to_police: bool,
    /// A death at home needs a proof of the village or neighbourhood committee.
    pub village_proof: bool,
}

impl SignerRules {
    /// The rules in force on the day of signing.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(cx: &Context<'_>, signed_on: Date) -> Result<Self, ParamError> {
        let flag = |id: &str| cx.rule_on(id, signed_on)?.flag();
        Ok(Self {
            treated_unnatural_to_police: flag("burial.death.treated_unnatural_to_police")?,
            village_proof: flag("burial.death.village_proof")?,
        })
    }
}

/// Who has to sign.
#[must_use]
pub fn signer(of: Circumstances, rules: SignerRules) -> Signer {
    let doctor = match of.place {
        PlaceKind::Hospital | PlaceKind::EnRoute => Signer::Hospital,
        PlaceKind::Home | PlaceKind::CareHome | PlaceKind::Other => Signer::Primary,
    };
    match of.cause {
        CauseClass::Natural => doctor,
        CauseClass::Unknown if of.police_excluded => doctor,
        CauseClass::Unnatural
            if of.treated && doctor == Signer::Hospital && !rules.treated_unnatural_to_police =>
        {
            Signer::Hospital
        }
        CauseClass::Unnatural | CauseClass::Unknown => Signer::Police,
    }
}

/// Whether the committee's proof is asked for.
#[must_use]
pub fn asks_village_proof(of: Circumstances, rules: SignerRules) -> bool {
    rules.village_proof && signer(of, rules) == Signer::Primary && of.place != PlaceKind::CareHome
}
