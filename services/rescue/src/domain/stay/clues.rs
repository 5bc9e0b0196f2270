//! What may say who somebody is 寻亲线索: as told, as seen, as found on them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::fields::{LongText, Name, ShortText, Years};

yiwang_casework::code_list! {
    /// How the age is known.
    AgeBasis {
        Said = "said", "自述";
        Seen = "seen", "目测";
        Measured = "measured", "骨龄或者证件";
    }
}

yiwang_casework::code_list! {
    /// 属相.
    Zodiac {
        Rat = "rat", "鼠"; Ox = "ox", "牛"; Tiger = "tiger", "虎"; Rabbit = "rabbit", "兔";
        Dragon = "dragon", "龙"; Snake = "snake", "蛇"; Horse = "horse", "马"; Goat = "goat", "羊";
        Monkey = "monkey", "猴"; Rooster = "rooster", "鸡"; Dog = "dog", "狗"; Pig = "pig", "猪";
    }
}

/// A relative as told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Told {
    /// Relation.
    #[schemars(
        title = "关系",
        description = "例如：父亲、大儿子。",
        with = "ShortText"
    )]
    pub relation: String,
    /// Name as said.
    #[serde(default)]
    #[schemars(title = "姓名", description = "听到的音也可以写。", with = "Name")]
    pub name: String,
}

macro_rules! clues {
    ($($field:ident: $type:ty, $with:literal, $title:literal, $hint:literal;)*) => {
        /// All clues; what is unknown stays empty, which is no evidence, never a difference.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        #[schemars(description = "")]
        pub struct Clues {
            $(#[doc = $title]
              #[schemars(title = $title, description = $hint, with = $with)]
              pub $field: $type,)*
        }
    };
}

clues! {
    said_name: String, "ShortText", "自述姓名", "照听到的写，同音字也可以。";
    nickname: String, "ShortText", "小名、别名", "";
    said_place: String, "LongText", "自述家乡", "省、市、县、乡、村，老地名，山、河、学校、集市，记得什么写什么。";
    accent: String, "ShortText", "口音", "例如：陕南口音、湖北西北部口音。";
    age: Option<u8>, "Option<Years>", "年龄（岁）", "";
    age_basis: Option<AgeBasis>, "Option<AgeBasis>", "年龄依据", "";
    zodiac: Option<Zodiac>, "Option<Zodiac>", "属相", "";
    height_cm: Option<u16>, "Option<u16>", "身高（厘米）", "";
    body_marks: String, "LongText", "身体特征", "疤痕、痣、文身、残疾的部位和样子。";
    carried: String, "LongText", "随身物品和衣着", "";
    condition: String, "LongText", "身体和精神状况", "";
    relatives: Vec<Told>, "Vec<Told>", "提到的亲属", "";
    id_fragment: String, "ShortText", "证件号码片段", "记得的连续数字。";
    found_place: String, "crate::domain::fields::DivisionCode", "发现地点所在地", "";
    found_at: String, "ShortText", "发现地点", "";
}

impl Clues {
    /// These, and of what they leave open the others.
    #[must_use]
    pub fn over(self, old: Self) -> Self {
        let text = |new: String, old: String| if new.trim().is_empty() { old } else { new };
        Self {
            said_name: text(self.said_name, old.said_name),
            nickname: text(self.nickname, old.nickname),
            said_place: text(self.said_place, old.said_place),
            accent: text(self.accent, old.accent),
            age: self.age.or(old.age),
            age_basis: self.age_basis.or(old.age_basis),
            zodiac: self.zodiac.or(old.zodiac),
            height_cm: self.height_cm.or(old.height_cm),
            body_marks: text(self.body_marks, old.body_marks),
            carried: text(self.carried, old.carried),
            condition: text(self.condition, old.condition),
            relatives: if self.relatives.is_empty() {
                old.relatives
            } else {
                self.relatives
            },
            id_fragment: text(self.id_fragment, old.id_fragment),
            found_place: text(self.found_place, old.found_place),
            found_at: text(self.found_at, old.found_at),
        }
    }

    /// Whether anything is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
