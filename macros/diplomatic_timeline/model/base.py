"""What all records share: frozen, closed, some as a text alone."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

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

    @model_serializer(mode="wrap")
    def _as_text(self, write: SerializerFunctionWrapHandler) -> Any:
        fields = write(self)
        alone = all(value is None for name, value in fields.items() if name != self.brief)
        return fields[self.brief] if alone and fields.get(self.brief) is not None else fields


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def as_one(value: Any, write: SerializerFunctionWrapHandler) -> Any:
    """Write a list of brief records as editors do: a single one, if it is a text, without the list."""
    items = write(value)
    return items[0] if len(items) == 1 and isinstance(items[0], str) else items


OR_ONE = BeforeValidator(_as_list)
"""Marks a list of brief records of which a single one may be written without the list."""


def holds(first: Edtf | None, last: Edtf | None, when: Edtf) -> bool:
    """Return whether what holds from a date to another, either of them open, holds on some day of a third."""
    return (first is None or first.first <= when.last) and (last is None or when.first <= last.last)
