//! The public price list 价目 of a county, with what is waived there.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;

use super::{
    desk::Desk,
    near::{county_of, cut},
    view::{
        Section,
        prices::{PriceList, Waived, groups},
    },
};

/// The list of a place.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let asked = desk.query("division");
    let typed = cut(desk.query("place"));
    let county = match division::find(asked) {
        Some(found) => found.code.get(..6).unwrap_or_default().to_owned(),
        None => county_of(&typed),
    };
    let backends = desk.state.backends();
    let (prices, waived) = match county.as_str() {
        "" => (vec![], None),
        county => (
            backends.burial_prices(county, "").await?,
            backends.burial_waivers(county, "").await.ok(),
        ),
    };
    let name = division::full_name(&county).unwrap_or_default();
    let told = match (typed.as_str(), county.as_str()) {
        ("", "") => String::new(),
        (typed, "") => {
            format!("没有找到“{typed}”这个地方。请写县（市、区）的名称，例如“通山县”。")
        }
        _ if prices.is_empty() => {
            format!("{name}还没有公布价目清单，请打电话问当地民政局，或者拨打12345。")
        }
        _ => format!("{name}现在执行的价格："),
    };
    let place = match typed.is_empty() {
        true => division::find(&county)
            .map_or("", |found| found.name)
            .to_owned(),
        false => typed,
    };
    Ok(desk.page(&PriceList {
        chrome: desk.chrome().titled("殡葬收费", Section::Items),
        place,
        told,
        groups: groups(&prices),
        waived: waived.and_then(Waived::of),
    }))
}
