//! A rural family of three in 竹山县 with 300 yuan a month, as REST wants it.

use serde_json::{Value, json};

use crate::{
    api::{Api, Material},
    case::Case,
    people::id_number,
    suite::Suite,
};

/// The item.
pub const ITEM: &str = "minimum-living";
/// 竹山县城关镇, where the demo township officers work.
pub const TOWNSHIP: &str = "420323100";

/// Three persons; the applicant has an account.
#[derive(Debug, Clone)]
pub struct Family {
    /// The applicant: name and ID number.
    pub applicant: (String, String),
    /// The spouse.
    pub spouse: (String, String),
    /// The child, in primary school.
    pub child: (String, String),
}

impl Family {
    /// A family; `sequence` (1 to 199) tells it from others in the same suite.
    #[must_use]
    pub fn new(sequence: u16) -> Self {
        let person =
            |name: &str, born, sequence| (name.to_owned(), id_number("420323", born, sequence));
        Self {
            applicant: person("何大山", "19790315", 301 + sequence * 3),
            spouse: person("王桂英", "19810622", 302 + sequence * 3),
            child: person("何小雨", "20150908", 303 + sequence * 3),
        }
    }

    /// The form: 300 yuan a month from farming, nothing else.
    #[must_use]
    pub fn form(&self) -> Value {
        json!({
            "scope": "household",
            "applicant": {
                "name": self.applicant.0, "id_number": self.applicant.1, "phone": "13871234567",
                "registration_division": TOWNSHIP, "registration_kind": "rural",
                "residence_division": TOWNSHIP, "address": "明清村三组12号",
                "about": adult(json!({"basis": "monthly", "business": 30000})),
            },
            "members": [
                {
                    "name": self.spouse.0, "id_number": self.spouse.1, "relation": "spouse",
                    "about": adult(json!({"basis": "monthly"})),
                },
                {
                    "name": self.child.0, "id_number": self.child.1, "relation": "child",
                    "about": {
                        "situation": "together", "marital": "single", "student": "school",
                        "health": "healthy", "labour": "none",
                    },
                },
            ],
            "assets": {"financial": 500_000, "dwellings": 1, "vehicles": [], "business": "none"},
            "hardship": {"cause": "no_labour", "story": "山上地少，靠种苞谷过日子。"},
            "payee": {"holder": self.applicant.0, "bank": "竹山农商银行城关支行", "account": "6217004201234567890"},
            "pledge": {"truthful": true},
        })
    }

    /// Registers the applicant; gives the login name too.
    ///
    /// # Errors
    /// When the registration is refused.
    pub async fn register(&self, suite: &Suite) -> anyhow::Result<(Api, String)> {
        suite.register(&self.applicant.0, &self.applicant.1).await
    }

    /// Hands the application in, with one photograph.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn submit(&self, citizen: &Api) -> anyhow::Result<Case> {
        let photo = citizen
            .upload("other", "家里的老屋.jpg", crate::photo())
            .await?;
        self.submit_with(citizen, &[photo]).await
    }

    /// Hands the application in with these files.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn submit_with(&self, citizen: &Api, materials: &[Material]) -> anyhow::Result<Case> {
        citizen
            .submit(ITEM, TOWNSHIP, &self.form(), materials)
            .await
    }
}

fn adult(income: Value) -> Value {
    json!({
        "situation": "together", "marital": "married", "student": "none", "health": "healthy",
        "labour": "partial", "income": income, "check_consent": true,
    })
}
