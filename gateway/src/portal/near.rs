//! What lies in or around a place that somebody typed: in it, else in the next wider place that
//! has anything, with what to say.

use yiwang_chassis::fault::Fault;
use yiwang_civic::division;

use super::form::place;

/// Longest name of a place that is looked for.
const LONGEST: usize = 40;
/// Digits of a county's code.
const COUNTY: usize = 6;

/// What was found.
pub(crate) struct Near<T> {
    /// Above the list.
    pub(crate) told: String,
    /// What there is.
    pub(crate) found: Vec<T>,
    /// Six digits of the place that was typed; empty when there is no such place.
    pub(crate) county: String,
}

/// The typed name of a place, as long as names are.
pub(crate) fn cut(typed: &str) -> String {
    typed.chars().take(LONGEST).collect()
}

/// Six digits of the county that is meant; empty when nothing is.
pub(crate) fn county_of(typed: &str) -> String {
    let found = place::candidates(typed, None);
    let code = found.first().map_or("", |first| first.code.as_str());
    code.get(..COUNTY).unwrap_or_default().to_owned()
}

/// Looks for `what` around `typed`.
///
/// # Errors
/// What `list` answers.
pub(crate) async fn near<T, F, W>(typed: &str, what: &str, list: F) -> Result<Near<T>, Fault>
where
    F: Fn(String) -> W,
    W: Future<Output = Result<Vec<T>, Fault>>,
{
    let nothing = |told: String, county: String| Near {
        told,
        found: vec![],
        county,
    };
    if typed.is_empty() {
        return Ok(nothing(String::new(), String::new()));
    }
    let candidates = place::candidates(typed, None);
    let Some(first) = candidates.first() else {
        let told = format!("没有找到“{typed}”这个地方。请写县（市、区）的名称，例如“通山县”。");
        return Ok(nothing(told, String::new()));
    };
    let county = county_of(typed);
    let mut wider = division::find(&first.code);
    while let Some(here) = wider {
        let found = list(here.code.to_owned()).await?;
        if !found.is_empty() {
            let name = division::full_name(here.code).unwrap_or_default();
            let told = if here.code == first.code {
                format!("{name}的{what}：")
            } else {
                format!("{}没有登记{what}。下面是{name}的：", first.name)
            };
            return Ok(Near {
                told,
                found,
                county,
            });
        }
        wider = here.parent.and_then(division::find);
    }
    let told = format!(
        "{}还没有登记{what}，请打电话问当地民政局，或者拨打12345。",
        first.name
    );
    Ok(nothing(told, county))
}

#[cfg(test)]
mod tests {
    use super::county_of;

    #[test]
    fn a_township_lies_in_its_county() {
        assert_eq!(county_of("通山县"), "421224");
        assert_eq!(county_of("421224100"), "421224");
        assert_eq!(county_of("没有这个地方"), "");
    }
}
