//! The places of a station, its articles, and their stock.

use axum::{extract::Request, response::Response};
use serde_json::{Map, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::rescue::v1 as pb;

use super::{
    chosen,
    house_forms::{article_form, meal_form, place_form, stock_form},
    only, stations, tabs,
};
use crate::portal::{
    burial_office::sheet::{self, Act, object},
    desk::Desk,
    view::{
        Section,
        chrome::query,
        rescue::station::{ArticlesPage, PlacesPage},
    },
};

/// Rooms, hospitals, vehicles, foster homes and who is in them.
pub(crate) async fn places(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let request = pb::ListPlacesRequest {
        station: station.code.clone(),
        case_number: String::new(),
        all: true,
    };
    let backends = desk.state.backends();
    let places = backends.station_places(desk.who()?, request).await?;
    Ok(desk.page(&PlacesPage {
        chrome: desk.chrome().titled("房间和位置", Section::Rescue),
        tabs: tabs(&desk, "/rescue/places")?,
        told: told(&desk),
        station: station.clone(),
        stations,
        places,
    }))
}

/// Articles and meals with what is left.
pub(crate) async fn articles(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let stations = stations(&desk).await?;
    let station = chosen(&stations, desk.query("station"))?;
    let backends = desk.state.backends();
    let who = desk.who()?;
    let articles = backends.station_articles(who, &station.code).await?;
    let shown = articles.iter().find(|one| one.id == desk.query("article"));
    let moves = match shown {
        Some(one) => backends.article_moves(who, &one.id).await?,
        None => vec![],
    };
    Ok(desk.page(&ArticlesPage {
        chrome: desk.chrome().titled("物品", Section::Rescue),
        tabs: tabs(&desk, "/rescue/articles")?,
        told: told(&desk),
        shown: shown.cloned(),
        moves,
        station: station.clone(),
        stations,
        articles,
    }))
}

fn told(desk: &Desk) -> &'static str {
    match desk.query("done") {
        "saved" => "已经保存。",
        "moved" => "已经记入库存。",
        "served" => "已经给房间里的每个人各发一份，记入了照料记录。",
        _ => "",
    }
}

/// The form of an act: `place`, `article`, `stock` or `meal`.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = found(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, of) = found(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let station = desk.query("station").to_owned();
    let backends = desk.state.backends();
    let who = desk.who()?;
    let done = |path: &str, told: &str| query(path, &[("station", &station), ("done", told)]);
    let key = typed.key.clone();
    match of {
        Of::Place(known) => {
            let place = pb::Place {
                kind: match known.kind.as_str() {
                    "" => typed.text("kind"),
                    kind => kind.to_owned(),
                },
                label: typed.text("label"),
                side: typed.text("side"),
                berths: typed.number("berths"),
                active: known.id.is_empty() || typed.yes("active"),
                station: station.clone(),
                ..known
            };
            let request = pb::SavePlaceRequest {
                idempotency_key: key,
                place: Some(place),
            };
            let answer = backends.save_station_place(who, request).await;
            sheet::end(
                &desk,
                &act,
                &typed,
                answer,
                &done("/rescue/places", "saved"),
            )
        }
        Of::Article(known) => {
            let article = pb::Article {
                name: typed.text("name"),
                unit: typed.text("unit"),
                kind: typed.text("kind"),
                station: station.clone(),
                ..known
            };
            let request = pb::SaveArticleRequest {
                idempotency_key: key,
                article: Some(article),
            };
            let answer = backends.save_station_article(who, request).await;
            sheet::end(
                &desk,
                &act,
                &typed,
                answer,
                &done("/rescue/articles", "saved"),
            )
        }
        Of::Meal(known) => {
            let request = pb::ServeMealRequest {
                idempotency_key: key,
                article: known.id,
                meal: typed.text("meal"),
            };
            let answer = backends.serve_meal(who, request).await;
            let then = done("/rescue/articles", "served");
            sheet::end(&desk, &act, &typed, answer, &then)
        }
        Of::Stock(known) => {
            let quantity = typed.number("quantity");
            let request = pb::MoveStockRequest {
                idempotency_key: key,
                article: known.id,
                quantity: match typed.text("direction").as_str() {
                    "out" => -quantity,
                    _ => quantity,
                },
                reason: typed.text("reason"),
            };
            let answer = backends.move_stock(who, request).await;
            sheet::end(
                &desk,
                &act,
                &typed,
                answer,
                &done("/rescue/articles", "moved"),
            )
        }
    }
}

/// What an act is about.
enum Of {
    /// Empty id: a new one.
    Place(pb::Place),
    /// Likewise.
    Article(pb::Article),
    Stock(pb::Article),
    Meal(pb::Article),
}

async fn found(desk: &Desk) -> Result<(Act, Of), Fault> {
    only(desk)?;
    let (station, id) = (desk.query("station"), desk.query("id"));
    let backends = desk.state.backends();
    let who = desk.who()?;
    let name = desk.param(0)?;
    let of = match (name, id) {
        ("place", "") => Of::Place(pb::Place::default()),
        ("article", "") => Of::Article(pb::Article::default()),
        ("place", id) => {
            let request = pb::ListPlacesRequest {
                station: station.to_owned(),
                case_number: String::new(),
                all: true,
            };
            let all = backends.station_places(who, request).await?;
            let found = all.into_iter().find(|one| one.id == id);
            Of::Place(found.ok_or_else(gone)?)
        }
        ("article" | "stock" | "meal", id) => {
            let all = backends.station_articles(who, station).await?;
            let found = all.into_iter().find(|one| one.id == id);
            let found = found.ok_or_else(gone)?;
            match name {
                "stock" => Of::Stock(found),
                "meal" => Of::Meal(found),
                _ => Of::Article(found),
            }
        }
        _ => return Err(Fault::not_found()),
    };
    let here = format!("/rescue/house/{name}");
    let post = query(&here, &[("station", station), ("id", id)]);
    Ok((sheet_of(&of, post, station), of))
}

fn gone() -> Fault {
    let message = "本站没有这一项，请从列表重新打开。";
    Fault::new(Code::NotFound, "NO_SUCH_THING", message)
}

fn sheet_of(of: &Of, post: String, station: &str) -> Act {
    let back = |path: &str| query(path, &[("station", station)]);
    match of {
        Of::Place(one) => Act {
            title: titled("新增房间、位置", &one.label),
            lead: "男、女、未成年人分开住。停用以前，先把住在里面的人安排到别处。".to_owned(),
            button: "保存",
            post,
            back: back("/rescue/places"),
            form: place_form(one.id.is_empty()),
            value: match one.id.as_str() {
                "" => object(json!({"kind": "room", "berths": 2})),
                _ => object(json!({
                    "label": one.label, "side": one.side, "berths": one.berths,
                    "active": one.active,
                })),
            },
        },
        Of::Article(one) => Act {
            title: titled("新增物品", &one.name),
            lead: "新增的物品库存是0，再到“出入库”里记入库。".to_owned(),
            button: "保存",
            post,
            back: back("/rescue/articles"),
            form: article_form(),
            value: match one.id.as_str() {
                "" => Map::new(),
                _ => object(json!({"name": one.name, "unit": one.unit, "kind": one.kind})),
            },
        },
        Of::Meal(one) => Act {
            title: format!("开饭：{}", one.name),
            lead: format!(
                "现有{}{}。住在房间里的每个人发一份，各记一条照料记录；在医院、路上、托养机构的不发。",
                one.on_hand, one.unit
            ),
            button: "每人发一份",
            post,
            back: back("/rescue/articles"),
            form: meal_form(),
            value: Map::new(),
        },
        Of::Stock(one) => Act {
            title: format!("{} 出入库", one.name),
            lead: format!(
                "现有{}{}。发给受助人员的，在他（她）的办件里登记，这里不用再记。",
                one.on_hand, one.unit
            ),
            button: "记入库存",
            post,
            back: back("/rescue/articles"),
            form: stock_form(&one.unit),
            value: object(json!({"direction": "in"})),
        },
    }
}

fn titled(new: &str, name: &str) -> String {
    match name {
        "" => new.to_owned(),
        name => format!("修改：{name}"),
    }
}
