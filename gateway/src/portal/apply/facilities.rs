//! Funeral homes, cemeteries, rescue stations to choose from, in a form that names one: those of
//! the county, else of the prefecture, else of the province. Foster institutions: of the county.

use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use crate::portal::{
    desk::Desk,
    form::{Form, steps::PLACE_KEY},
};

/// Longer lists are read by nobody.
const MOST: usize = 60;

/// What a field names, by its widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Home,
    Cemetery,
    Either,
    Station,
}

/// A form, and the field of it that names a facility.
pub(super) struct Offered {
    pub(super) form: Form,
    pub(super) key: Option<String>,
}

/// Reads the form of an item; where it names a facility, with those nearby to choose from.
/// When they cannot be had, the code is typed: nothing is lost.
pub(super) async fn offered(desk: &Desk, schema: &str, value: &Map<String, Value>) -> Offered {
    let mut schema: Value = serde_json::from_str(schema).unwrap_or_default();
    let accepting = value.get(PLACE_KEY).and_then(Value::as_str);
    if let Some(key) = fostering(&schema) {
        let fit = institutions(desk, accepting.unwrap_or_default()).await;
        offer(&mut schema, &key, &fit.unwrap_or_default());
    }
    let Some((key, what)) = named(&schema) else {
        let form = Form::read(&schema);
        return Offered { form, key: None };
    };
    let facilities = nearby(desk, what, accepting.unwrap_or_default()).await;
    offer(&mut schema, &key, &facilities.unwrap_or_default());
    Offered {
        form: Form::read(&schema),
        key: Some(key),
    }
}

/// The property that names a facility.
fn named(schema: &Value) -> Option<(String, What)> {
    let properties = schema["properties"].as_object()?;
    properties.iter().find_map(|(key, property)| {
        let what = match property["x-widget"].as_str()? {
            "funeral-home" => What::Home,
            "cemetery" => What::Cemetery,
            "burial-facility" => What::Either,
            "rescue-station" => What::Station,
            _ => return None,
        };
        Some((key.clone(), what))
    })
}

/// The property that names a foster institution; the case is accepted where the station is.
fn fostering(schema: &Value) -> Option<String> {
    let properties = schema["properties"].as_object()?;
    let found = properties
        .iter()
        .find(|(_, property)| property["x-widget"] == "rescue-institution");
    found.map(|(key, _)| key.clone())
}

/// Foster institutions of the county that may take somebody today.
async fn institutions(desk: &Desk, place: &str) -> Result<Vec<(String, String)>, Fault> {
    let request = pb::ListInstitutionsRequest {
        division: place.get(..6).unwrap_or(place).to_owned(),
        all: false,
    };
    let backends = desk.state.backends();
    let found = backends.foster_institutions(desk.who()?, request).await?;
    let fit = found.into_iter().filter(|one| one.short_of.is_empty());
    Ok(fit.map(|one| (one.code, one.name)).take(MOST).collect())
}

/// Puts the choices into the schema; none: it stays a text.
fn offer(schema: &mut Value, key: &str, facilities: &[(String, String)]) {
    if facilities.is_empty() {
        return;
    }
    let options = facilities
        .iter()
        .map(|(code, name)| json!({"const": code, "title": name}));
    schema["properties"][key]["oneOf"] = options.collect();
    schema["properties"][key]["x-widget"] = "select".into();
}

async fn nearby(desk: &Desk, what: What, place: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut around = division::find(place.get(..6).unwrap_or(place));
    while let Some(here) = around {
        let found = within(desk, what, here.code).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        around = here.parent.and_then(division::find);
    }
    Ok(vec![])
}

async fn within(desk: &Desk, what: What, place: &str) -> Result<Vec<(String, String)>, Fault> {
    let backends = desk.state.backends();
    let mut found: Vec<(String, String)> = Vec::new();
    if what == What::Station {
        let stations = backends.rescue_stations(place).await?.into_iter();
        let open = stations.filter(|one| one.active);
        found.extend(open.map(|one| (one.code, one.name)));
    }
    if matches!(what, What::Home | What::Either) {
        let homes = backends.funeral_homes(place).await?.into_iter();
        found.extend(homes.map(|one| (one.code, one.name)));
    }
    if matches!(what, What::Cemetery | What::Either) {
        let cemeteries = backends.cemeteries(place).await?.into_iter();
        found.extend(cemeteries.map(|one| (one.code, one.name)));
    }
    found.sort();
    // A home that keeps ashes is on both lists.
    found.dedup();
    found.truncate(MOST);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::form::schema::Kind;

    #[test]
    fn a_form_that_names_a_home_offers_homes() {
        let mut schema = json!({"properties": {
            "home": {"type": "string", "x-widget": "funeral-home", "title": "殡仪馆"}}});
        let (key, what) = named(&schema).unwrap();
        assert_eq!((key.as_str(), what), ("home", What::Home));
        offer(&mut schema, &key, &[]);
        assert!(matches!(
            Form::read(&schema).fields[0].kind,
            Kind::Text { .. }
        ));
        let one = ("421224100-BY01".to_owned(), "通山县殡仪馆".to_owned());
        offer(&mut schema, &key, &[one]);
        let form = Form::read(&schema);
        let Kind::Choice { options, .. } = &form.fields[0].kind else {
            panic!("no choice")
        };
        assert_eq!(options[0].title, "通山县殡仪馆");
    }

    #[test]
    fn a_placement_offers_institutions_and_is_accepted_by_the_station() {
        let schema = json!({"properties": {
            "institution": {"type": "string", "x-widget": "rescue-institution"}}});
        assert_eq!(fostering(&schema).as_deref(), Some("institution"));
        assert!(named(&schema).is_none());
    }
}
