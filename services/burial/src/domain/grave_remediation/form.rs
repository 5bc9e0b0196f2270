//! What a patrol writes down about a grave.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{division, identity_document::IdentityDocument};

use super::place::Place;
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{Day, DivisionCode, DocumentNumber, LongText, Name, Phone, ShortText},
};

yiwang_casework::code_list! {
    /// What is wrong with it.
    GraveKind {
        Scattered = "scattered", "散埋乱葬";
        Hardened = "hardened", "硬化大墓";
        Living = "living", "活人墓";
        Luxury = "luxury", "豪华墓";
        Oversized = "oversized", "超标墓";
        Clan = "clan", "宗族墓地";
    }
}

yiwang_casework::code_list! {
    /// Where it lies 三沿六区; which of them count is the county's list.
    Area {
        Railway = "railway", "铁路沿线";
        Road = "road", "公路主干道沿线";
        Waterway = "waterway", "通航河道、水库河流沿线";
        WaterSource = "water_source", "水源保护区";
        Farmland = "farmland", "耕地";
        Forest = "forest", "林地";
        Scenic = "scenic", "风景名胜区";
        Residential = "residential", "住宅区、开发区";
        Relic = "relic", "文物保护区";
        Elsewhere = "elsewhere", "其他地方";
    }
}

yiwang_casework::code_list! {
    /// How it was found.
    Source {
        Patrol = "patrol", "巡查";
        Satellite = "satellite", "卫星影像";
        Hotline = "hotline", "12345热线、群众举报";
        Handover = "handover", "其他部门移交";
    }
}

/// What is handed in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "散埋乱葬、违规墓登记", description = "")]
pub struct Form {
    /// Kind.
    #[schemars(title = "类型", description = "", extend("x-step" = "坟墓"))]
    pub kind: GraveKind,
    /// Where.
    #[schemars(title = "所在区域", description = "用于判断是否属于三沿六区。", extend("x-step" = "坟墓"))]
    pub area: Area,
    /// Village or township.
    #[schemars(title = "所在地", description = "", with = "DivisionCode", extend("x-step" = "坟墓"))]
    pub place: String,
    /// In words.
    #[schemars(title = "具体位置", description = "村组、山名、离路多远。", with = "ShortText", extend("x-step" = "坟墓"))]
    pub address: String,
    /// Degrees.
    #[schemars(title = "经度", description = "手机定位的读数，例如114.482100，至少四位小数。",
        with = "ShortText", extend("x-step" = "坟墓"))]
    pub longitude: String,
    /// Degrees.
    #[schemars(title = "纬度", description = "例如29.606500。", with = "ShortText", extend("x-step" = "坟墓"))]
    pub latitude: String,
    /// Area in square metres.
    #[schemars(title = "占地面积（平方米）", description = "", range(min = 1, max = 100_000), extend("x-step" = "坟墓"))]
    pub area_m2: u32,
    /// How many graves.
    #[schemars(title = "坟墓数量", description = "宗族墓地填总数。", range(min = 1, max = 10_000), extend("x-step" = "坟墓"))]
    pub graves: u32,
    /// What it looks like.
    #[schemars(title = "现状", description = "材料、硬化范围、墓碑高度等。", with = "LongText", extend("x-step" = "坟墓"))]
    pub condition: String,
    /// Protected.
    #[schemars(title = "属于受国家保护的古墓葬、烈士墓等", description = "", extend("x-step" = "坟墓"))]
    pub relic: bool,
    /// How found.
    #[schemars(title = "发现方式", description = "举报人的姓名、电话不要填写在这里。", extend("x-step" = "登记"))]
    pub source: Source,
    /// When.
    #[schemars(title = "发现日期", description = "", with = "Day", extend("x-step" = "登记"))]
    pub found_on: Date,
    /// Who was there.
    #[schemars(title = "现场登记人姓名", description = "巡查员或者村（社区）干部。", with = "Name", extend("x-step" = "登记"))]
    pub finder_name: String,
    /// Card.
    #[schemars(title = "现场登记人身份证号", description = "", with = "DocumentNumber", extend("x-step" = "登记"))]
    pub finder_number: String,
    /// Telephone.
    #[schemars(title = "现场登记人电话", description = "", with = "Phone", extend("x-step" = "登记"))]
    pub finder_phone: String,
}

impl Form {
    fn finder(&self) -> Option<IdentityDocument> {
        Document::CitizenId.read("", &self.finder_number).ok()
    }

    /// Who stood there stands for the applicant; whose grave it is comes later.
    pub(super) fn people(&self) -> Vec<Person> {
        let finder = self.finder().map(|id| Person {
            id,
            name: self.finder_name.trim().to_owned(),
            relation: "finder".to_owned(),
        });
        finder.into_iter().collect()
    }

    /// On the map.
    #[must_use]
    pub fn position(&self) -> Option<Place> {
        Place::read(&self.longitude, &self.latitude)
    }

    /// What is wrong.
    pub(super) fn violations(&self, division: &str, today: Date) -> Vec<FieldViolation> {
        let mut found = Vec::new();
        found.extend(filled(&self.address, "/address", "请填写具体位置。"));
        found.extend(filled(&self.condition, "/condition", "请写明现状。"));
        found.extend(filled(
            &self.finder_name,
            "/finder_name",
            "请填写现场登记人姓名。",
        ));
        if let Err(error) = Document::CitizenId.read("", &self.finder_number) {
            found.push(FieldViolation::new(
                "/finder_number",
                error.reason(),
                error.message(),
            ));
        }
        let mut wrong = |at: &str, code: &'static str, message: &str| {
            found.push(FieldViolation::new(at, code, message));
        };
        let township = division.get(..9).unwrap_or(division);
        if !self.place.trim().starts_with(township) || division::find(self.place.trim()).is_none() {
            let message = "坟墓所在地应当在所选的乡镇（街道）内。";
            wrong("/place", "DIVISION_UNKNOWN", message);
        }
        if self.position().is_none() {
            let message = "请填写手机定位的经度和纬度，至少四位小数，例如114.4821、29.6065。";
            wrong("/longitude", "POSITION", message);
        }
        if self.found_on > today {
            wrong("/found_on", "FUTURE", "发现日期晚于今天，请核对。");
        }
        found
    }
}
