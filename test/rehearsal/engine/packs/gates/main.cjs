const { PolicyPack } = require("@pulumi/policy");

// Refuses by what a resource says of itself, so that each test decides what is refused.
new PolicyPack("gates", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "no-big-jump",
      description: "a group's weight is at most 10",
      validateResource: ({ type, props }, report) => {
        if (type === "test:index:Group" && Number(props.weight) > 10) {
          report(`weight ${props.weight} is more than 10`);
        }
      },
    },
    {
      name: "advice",
      description: "things should have an owner",
      enforcementLevel: "advisory",
      validateResource: ({ type, props }, report) => {
        if (type === "test:index:Thing" && props.ownerless === true) {
          report("nobody owns it");
        }
      },
    },
    {
      name: "throws",
      description: "crashes on demand",
      validateResource: ({ props }) => {
        if (props.crash === true) {
          throw new Error("the policy itself is broken");
        }
      },
    },
    {
      name: "tagged",
      description: "gives every thing that asks for one a tag",
      enforcementLevel: "remediate",
      remediateResource: ({ type, props }) =>
        type === "test:index:Thing" && props.tag === "please"
          ? { ...props, tag: "given" }
          : undefined,
    },
    {
      name: "few-things",
      description: "a stack has at most two things",
      validateStack: ({ resources }, report) => {
        const things = resources.filter(({ type }) => type === "test:index:Thing");
        if (things.length > 2) {
          report(`${things.length} things are more than 2`);
        }
      },
    },
  ],
});
