//! The families of the stories: people of 竹山县 who do not exist.

use serde_json::{Value, json};
use yiwang_civic::citizen_id::completed;
use yiwang_gateway::demo;

/// 竹山县城关镇.
pub(crate) const TOWNSHIP: &str = "420323100";

/// A family with what it declares.
pub(super) struct Family {
    /// Login of the applicant; made when there is none.
    pub(super) login: &'static str,
    /// Name of the applicant.
    pub(super) name: &'static str,
    /// Birth date of the applicant and sequence code, `YYYYMMDDnnn`.
    pub(super) born: &'static str,
    /// Yuan a month from farming.
    pub(super) income_yuan: i64,
    /// Why it is in need.
    pub(super) cause: &'static str,
    /// In its own words.
    pub(super) story: &'static str,
    /// Spouse, child, parent.
    pub(super) members: &'static [Member],
}

/// A member of a family.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) born: &'static str,
    pub(super) relation: &'static str,
    /// In school, so without income and consent.
    pub(super) child: bool,
}

impl Family {
    /// The applicant's ID number.
    pub(super) fn id_number(&self) -> String {
        let known = demo::ACCOUNTS
            .iter()
            .find(|account| account.login == self.login);
        known.map_or_else(
            || id_number(self.born),
            |account| account.id_number.to_owned(),
        )
    }

    /// The body of a registration.
    pub(super) fn registration(&self) -> Value {
        json!({
            "login": self.login, "password": demo::PASSWORD, "name": self.name,
            "id_number": self.id_number(), "phone": "13872800000",
        })
    }

    /// The application for the minimum living guarantee 最低生活保障.
    pub(super) fn form(&self) -> Value {
        let income = json!({"basis": "monthly", "business": self.income_yuan * 100});
        json!({
            "scope": "household",
            "applicant": {
                "name": self.name, "id_number": self.id_number(), "phone": "13872800000",
                "registration_division": TOWNSHIP, "registration_kind": "rural",
                "residence_division": TOWNSHIP, "address": "窑沟村二组",
                "about": adult(income),
            },
            "members": self.members.iter().map(Member::form).collect::<Vec<_>>(),
            "assets": {"financial": 300_000, "dwellings": 1, "vehicles": [], "business": "none"},
            "hardship": {"cause": self.cause, "story": self.story},
            "payee": {"holder": self.name, "bank": "竹山农商银行城关支行",
                      "account": format!("62170042{}", &self.id_number()[6..17])},
            "pledge": {"truthful": true},
        })
    }
}

impl Member {
    fn form(&self) -> Value {
        let about = match self.child {
            true => json!({"situation": "together", "marital": "single", "student": "school",
                           "health": "healthy", "labour": "none"}),
            false => adult(json!({"basis": "monthly"})),
        };
        json!({"name": self.name, "id_number": id_number(self.born),
               "relation": self.relation, "about": about})
    }
}

/// The application of the n-th of many families of three, for measurements.
pub(crate) fn numbered(n: u32) -> Value {
    let mut form = super::stories::FAMILIES[1].form();
    // 700 sequence codes a day, below those that the check centre knows something about.
    let person = |year: u32| {
        let (day, sequence) = (n / 700, 100 + n % 700);
        let (month, day) = (1 + day / 28 % 12, 1 + day % 28);
        Value::from(id_number(&format!("{year}{month:02}{day:02}{sequence}")))
    };
    form["applicant"]["id_number"] = person(1971);
    form["members"][0]["id_number"] = person(1974);
    form["members"][1]["id_number"] = person(2014);
    form
}

fn adult(income: Value) -> Value {
    json!({"situation": "together", "marital": "married", "student": "none", "health": "healthy",
           "labour": "partial", "income": income, "check_consent": true})
}

/// A valid ID number of 竹山县 (GB 11643).
pub(crate) fn id_number(born: &str) -> String {
    completed(&format!("420323{born}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use yiwang_civic::citizen_id::CitizenId;

    use super::*;
    use crate::demo::stories::FAMILIES;

    #[test]
    fn everybody_has_a_valid_id_number_of_their_own() {
        let members = FAMILIES.iter().flat_map(|family| family.members);
        let mut numbers: Vec<String> = members.map(|member| id_number(member.born)).collect();
        numbers.extend(FAMILIES.iter().map(Family::id_number));
        numbers.extend(
            demo::ACCOUNTS
                .iter()
                .skip(2)
                .map(|account| account.id_number.to_owned()),
        );
        numbers
            .iter()
            .for_each(|number| drop(number.parse::<CitizenId>().unwrap()));
        let count = numbers.len();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), count);
    }
}
