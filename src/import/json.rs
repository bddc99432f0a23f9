//! JSON as a tree, and the members that stand in it more than once: of those a tree keeps one, and nobody would know
//! which was meant.

use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::problem::{ImportProblem, JsonPath, Mistake};

/// The tree of a text, and what stands twice.
pub(super) fn read(json: &[u8]) -> Result<(Value, Vec<ImportProblem>), serde_json::Error> {
    let mut twice = Vec::new();
    let mut text = serde_json::Deserializer::from_slice(json);
    let value = Here { path: JsonPath::root(), twice: &mut twice }.deserialize(&mut text)?;
    text.end()?;
    Ok((value, twice))
}

/// The place whose value comes next.
struct Here<'t> {
    path: JsonPath,
    twice: &'t mut Vec<ImportProblem>,
}

impl<'de> DeserializeSeed<'de> for Here<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Here<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Here { path: self.path.item(array.len()), twice: self.twice })? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = self.path.member(&key);
            if object.contains_key(&key) {
                let problem = path.problem(Mistake::Twice);
                // A third of the same name is no further problem.
                self.twice.extend(Some(problem).filter(|problem| !self.twice.contains(problem)));
            }
            let value = members.next_value_seed(Here { path, twice: self.twice })?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_that_of_the_library() {
        let json = r#"{"a":[1,-2,2.5,true,null,"æ\n",{"b":{}},[]],"c":18446744073709551615}"#;
        let (value, twice) = read(json.as_bytes()).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(twice, []);
        for broken in ["", "{", "{}x", "[1,]", "\u{feff}{}"] {
            assert_eq!(read(broken.as_bytes()).is_err(), serde_json::from_str::<Value>(broken).is_err(), "{broken:?}");
        }
        assert!(read("[".repeat(100_000).as_bytes()).is_err(), "deep nesting is refused, not followed");
    }

    #[test]
    fn what_stands_twice_is_named_once_wherever_it_stands() {
        let json = r#"{"a":1,"b":[{"c d":1,"c d":2,"c d":3}],"a":{"e":1,"e":1}}"#;
        let (_, twice) = read(json.as_bytes()).unwrap();
        let places: Vec<String> = twice.iter().map(|problem| problem.path.to_string()).collect();
        assert_eq!(places, ["$.b[0][\"c d\"]", "$.a", "$.a.e"]);
    }
}
