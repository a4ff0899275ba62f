"""The kinds of things: the kind of each class of the ontology, and what each kind can be used for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careergraph.rdf.vocabulary import CG

#: Class → kind, for the nodes that have a name. Kinds are what users ask for and what a reference says.
NODE_KINDS = {
    CG.Role: "role",
    CG.Profession: "background",
    CG.FieldOfStudy: "background",
    CG.Experience: "background",
    CG.Background: "background",
    CG.Occupation: "occupation",
    CG.Skill: "skill",
    CG.Knowledge: "skill",
    CG.Tool: "skill",
    CG.Credential: "credential",
    CG.Milestone: "milestone",
    CG.Course: "course",
    CG.Organisation: "organisation",
    CG.Person: "person",
    CG.Topic: "topic",
    CG.Activity: "activity",
    CG.Source: "source",
    CG.Section: "section",
    CG.Term: "term",
}


#: Class → kind, for claims.
CLAIM_KINDS = {
    CG.Definition: "definition",
    CG.Advice: "advice",
    CG.Task: "task",
    CG.Collaboration: "collaboration",
    CG.Variant: "variant",
    CG.Requirement: "requirement",
    CG.PayRange: "pay",
    CG.Transition: "transition",
    CG.Condition: "condition",
    CG.Step: "step",
    CG.Recommendation: "recommendation",
    CG.Classification: "classification",
    CG.Offering: "offering",
    CG.Teaching: "teaching",
    CG.Prerequisite: "prerequisite",
    CG.Effort: "effort",
    CG.Price: "price",
    CG.Naming: "naming",
    CG.Attribute: "attribute",
    CG.Holding: "holding",
    CG.Rating: "rating",
    CG.ToolUse: "tool-use",
    CG.Schooling: "schooling",
    CG.Preparation: "preparation",
    CG.ObservedMove: "observed-move",
    CG.Alignment: "alignment",
    CG.Disagreement: "disagreement",
    CG.Ambiguity: "ambiguity",
    CG.Correction: "correction",
    CG.Omission: "omission",
    CG.Claim: "claim",
}


KINDS = NODE_KINDS | CLAIM_KINDS


POSITIONS = ("role", "background", "occupation")


#: The positions that transitions lead to.
DESTINATIONS = ("role", "occupation")


#: What somebody can hold.
ASSETS = ("skill", "credential", "milestone", *POSITIONS)


NOTE_KINDS = ("disagreement", "correction", "ambiguity", "omission")


#: The kinds of node that have names, in the order in which listings show them.
NAMED_KINDS = tuple(dict.fromkeys(kind for kind in NODE_KINDS.values() if kind not in ("section", "term")))


def kind_of(classes: Iterable[str], kinds: Mapping[str, str] = KINDS) -> str:
    """The kind of the first class that has one; `thing` if none has.

    >>> kind_of(["https://example.org/Nurse", CG.Role]), kind_of([])
    ('role', 'thing')
    """
    return next((kinds[class_] for class_ in classes if class_ in kinds), "thing")
