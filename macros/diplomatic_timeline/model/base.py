"""What all records share: frozen, closed, some as a text alone."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from diplomatic_timeline.model.dates import Edtf


class Record(BaseModel):
    """What all records share: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @classmethod
    def written(cls) -> dict[str, FieldInfo]:
        """Return the fields in their order, by the names under which editors write them."""
        return {field.alias or name: field for name, field in cls.model_fields.items()}


class BriefRecord(Record):
    """A record that may be written as a text alone, which stands for the field `brief`."""

    brief: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {cls.brief: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        whole = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [whole["properties"][cls.brief], whole]}

    @model_serializer(mode="wrap")
    def _as_text(self, write: SerializerFunctionWrapHandler) -> Any:
        fields = write(self)
        alone = all(value is None for name, value in fields.items() if name != self.brief)
        return fields[self.brief] if alone and fields.get(self.brief) is not None else fields


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _as_one(value: Any, write: SerializerFunctionWrapHandler) -> Any:
    items = write(value)
    return items[0] if len(items) == 1 and isinstance(items[0], str) else items


class OrOne:
    """Marks a list of brief records of which a single one, if it is a text, is written without the list."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.wrap_serializer_function_ser_schema(_as_one)
        return core_schema.no_info_before_validator_function(_as_list, handler(source), serialization=written)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        entries = handler(schema)
        return {"anyOf": [handler.resolve_ref_schema(entries["items"])["anyOf"][0], entries]}


def holds(first: Edtf | None, last: Edtf | None, when: Edtf) -> bool:
    """Return whether what holds from a date to another, either of them open, holds on some day of a third."""
    return (first is None or first.first <= when.last) and (last is None or when.first <= last.last)
